import {
  type Finding,
  type FindingsEvent,
  findingKey,
  isCloudTrailLoggingDisabled,
  MalformedEventError,
  MalformedFindingError,
  parseEvent,
  type ResponseRecord,
  stoppedTrailsOf,
} from '@riposte/findings';
import { type TrailId, trailOf } from '@riposte/remediations/cloudtrail';
import { answerDeleted } from './answer-deleted.ts';
import { answerStopped } from './answer-stopped.ts';
import { FindingNoteError, TrailBusyError } from './errors.ts';
import { throwWorst } from './failures.ts';
import { isTrailName } from './named-trail.ts';
import type { FindingPorts, Outcome } from './ports.ts';
import { triggerOfFinding } from './trigger.ts';

/**
 * Answers findings that say a trail was stopped or deleted: the slower way to the same incident. All findings of an event, all trails of a
 * finding; one that fails does not keep the others from being answered. Each finding is linked to its incident once, and gets a note.
 *
 * @throws the worst failure after all others were answered; TrailBusyError where somebody else's answer takes longer than two seconds.
 */
export function answerFinding(ports: FindingPorts) {
  return async (input: unknown): Promise<readonly Outcome[]> => {
    const event = parseEvent(input);
    if (!carriesFindings(event)) throw new MalformedEventError('detail-type');
    const outcomes: Outcome[] = [];
    const failures: unknown[] = [];
    for (const { finding, trail } of namedIn(event, failures)) {
      try {
        const trigger = triggerOfFinding(finding, event.envelope.id, ports.clock());
        const outcome = await answerStopped(trail, trigger, ports, (gone) =>
          answerDeleted(gone, trigger, ports),
        );
        outcomes.push(outcome);
        await noteOnce(finding, outcome, ports);
      } catch (error) {
        failures.push(error);
      }
    }
    throwWorst(failures);
    return outcomes;
  };
}

function carriesFindings(event: ReturnType<typeof parseEvent>): event is FindingsEvent {
  return 'findings' in event && event.type !== 'custom-action';
}

interface Named {
  readonly finding: Finding;
  readonly trail: TrailId;
}

function namedIn(event: FindingsEvent, failures: unknown[]): readonly Named[] {
  return event.findings.filter(isCloudTrailLoggingDisabled).flatMap((finding) => {
    const names = stoppedTrailsOf(finding);
    if (names.length === 0) failures.push(new MalformedFindingError('affectedResources'));
    return names.flatMap((name) => trailNamed(name, { finding, event, failures }));
  });
}

interface Naming {
  readonly finding: Finding;
  readonly event: FindingsEvent;
  readonly failures: unknown[];
}

function trailNamed(name: string, { finding, event, failures }: Naming): readonly Named[] {
  const region = finding.region || event.envelope.region;
  try {
    if (!isTrailName(name)) throw new MalformedFindingError('affectedResources');
    return [{ finding, trail: trailOf(name, { accountId: finding.accountId, region }) }];
  } catch (error) {
    failures.push(error);
    return [];
  }
}

/**
 * GuardDuty's own events have no finding in Security Hub to write on. A finding's ASFF and OCSF forms are two documents: each is linked, and noted, once.
 * The link comes first, because a note makes Security Hub send the finding again. It is open until the note is written: one that fails, or whose function
 * dies, is written by a later try.
 */
async function noteOnce(
  finding: Finding,
  { incident, resource }: Outcome,
  ports: FindingPorts,
): Promise<void> {
  if (incident === undefined || finding.format === 'guardduty') return;
  const record = await ended(incident, ports);
  if (!record) throw new TrailBusyError(resource, incident);
  const key = findingKey(finding);
  const link = finding.format === 'asff' ? key : `${key}|${finding.format}`;
  if (!(await ports.records.linkFinding(incident, link))) return;
  try {
    await ports.notes.note(finding, record);
  } catch (cause) {
    await ports.records.reopenFinding(incident, link);
    if (cause instanceof FindingNoteError) throw cause;
    const reason = cause instanceof Error ? cause.name : 'unknown error';
    throw new FindingNoteError(finding.id, reason, { cause });
  }
  await ports.records.closeFinding(incident, link);
}

const looks = 10;
const pauseMs = 200;

/**
 * An incident's record once its answer has ended: a finding's ASFF and OCSF forms arrive together, and the one that comes second has
 * nothing to note before. Undefined where that takes longer than two seconds.
 */
async function ended(incident: string, ports: FindingPorts): Promise<ResponseRecord | undefined> {
  for (let look = 1; ; look++) {
    const record = await ports.records.get(incident);
    if (record && record.status !== 'claimed') return record;
    if (look === looks) return undefined;
    await ports.wait(pauseMs);
  }
}
