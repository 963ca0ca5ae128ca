import { digest } from '@riposte/findings';
import type { Failures, QueueMessage } from '@riposte/lambda';
import type { Settings } from '@riposte/responses';
import type { FindingUpdate } from '@riposte/rules';
import * as z from 'zod';
import type { NotifiedFinding } from './delivery.ts';
import { UpdateRefusedError } from './errors.ts';
import type { FindingStates } from './finding-state.ts';
import { mayChange } from './may-change.ts';
import { ownObject, readMessage, readMessages } from './read-message.ts';
import { updateEffectOf } from './update-step.ts';
import { type Current, type HubUpdate, updateFor } from './update-wanted.ts';

/** Which finding, in Security Hub's terms. */
export type FindingName = Pick<
  NotifiedFinding,
  'key' | 'format' | 'id' | 'productArn' | 'accountId' | 'region'
>;

/** Security Hub's findings, both versions. */
export interface HubFindings {
  /** How findings of one format stand now, by key, which copies share; one that is gone is not in it. */
  current(findings: readonly FindingName[]): Promise<ReadonlyMap<string, Current>>;
  /** One update for at most 100 findings of one format. Resolves with what was refused, by key. */
  update(
    findings: readonly FindingName[],
    update: HubUpdate,
  ): Promise<ReadonlyMap<string, UpdateRefusedError>>;
}

/** What updating needs from the outside. */
export interface UpdatePorts {
  readonly settings: Settings;
  readonly hub: HubFindings;
  readonly states: Pick<FindingStates, 'read'>;
}

interface Wanted {
  readonly messageId: string;
  readonly finding: FindingName;
  readonly update: FindingUpdate;
  readonly rules: readonly string[];
  /** Of the finding's state, where rules wish it; a person's wish has none, and is overtaken by none. */
  readonly version?: number;
}

const mostAtOnce = 100;

/**
 * Updates findings as rules want: findings that get the same update in one call, at most 100 (one call carries one update for all its ids). What
 * was overtaken by a newer wish is left out; each finding is read first, so that an analyst's note and decision stay.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 */
export function updateFindings({ hub, states, settings }: UpdatePorts) {
  return async (messages: readonly QueueMessage[]): Promise<Failures> => {
    const failures = new Map<string, unknown>();
    const wanted = readMessages(messages, failures, wantedIn);
    const allowed = await allowedOf(wanted, settings, failures);
    const newest = await newestOf(allowed, states);
    for (const copies of Map.groupBy(newest, ({ finding }) => finding.format).values()) {
      const differing = await differingOf(copies, hub, failures);
      const alike = Map.groupBy(differing, ({ wanted: { finding }, update }) =>
        digest(finding.region, update),
      );
      for (const some of alike.values()) {
        for (let at = 0; at < some.length; at += mostAtOnce)
          await apply(some.slice(at, at + mostAtOnce), hub, failures);
      }
    }
    return failures;
  };
}

/** What is to be written for a finding. */
interface Differing {
  readonly wanted: Wanted;
  readonly update: HubUpdate;
}

/** Those findings of one format that do not stand as wanted. */
async function differingOf(
  wishes: readonly Wanted[],
  hub: HubFindings,
  failures: Map<string, unknown>,
): Promise<readonly Differing[]> {
  const current = await hub.current(wishes.map(({ finding }) => finding));
  return wishes.flatMap((wanted) => {
    const { messageId, finding } = wanted;
    const found = current.get(finding.key);
    const update = found && updateFor(wanted, found);
    if (!found) failures.set(messageId, new UpdateRefusedError(finding.id, 'it is gone', false));
    return update ? [{ wanted, update }] : [];
  });
}

/** Writes the same update for some findings. */
async function apply(
  some: readonly Differing[],
  hub: HubFindings,
  failures: Map<string, unknown>,
): Promise<void> {
  const findings = some.map(({ wanted }) => wanted.finding);
  try {
    const refused = await hub.update(findings, some[0]?.update ?? {});
    for (const { wanted } of some) {
      const error = refused.get(wanted.finding.key);
      if (error) failures.set(wanted.messageId, error);
    }
  } catch (error) {
    for (const { wanted } of some) failures.set(wanted.messageId, error);
  }
}

/** The wishes of rules that may change something now: the switch stops all, a rule's mode its own. */
async function allowedOf(
  wanted: readonly Wanted[],
  settings: Settings,
  failures: Map<string, unknown>,
): Promise<readonly Wanted[]> {
  const reading = await settings.read();
  return wanted.filter(({ messageId, rules }) => {
    try {
      return mayChange(reading, { rules });
    } catch (error) {
      failures.set(messageId, error);
      return false;
    }
  });
}

/** The newest wish for each finding: of this batch, and of those that the router has written since. */
async function newestOf(
  wanted: readonly Wanted[],
  states: UpdatePorts['states'],
): Promise<readonly Wanted[]> {
  const nameOf = ({ finding, version, rules }: Wanted) =>
    `${finding.format} ${finding.key} ${version === undefined ? rules.join() : ''}`;
  const newest = new Map<string, Wanted>();
  for (const one of wanted) {
    const other = newest.get(nameOf(one));
    if (!other || (other.version ?? 0) <= (one.version ?? 0)) newest.set(nameOf(one), one);
  }
  const held = await states.read(wanted.map(({ finding }) => finding.key));
  return [...newest.values()].filter(({ finding, version }) => {
    const last = held.get(finding.key)?.effects[updateEffectOf(finding.format)]?.version;
    return version === undefined || last === undefined || last <= version;
  });
}

const text = z.string();
const messageSchema = z.object({
  kind: z.literal('update'),
  version: z.number().exactOptional(),
  rules: z.array(text),
  update: ownObject<FindingUpdate>(),
  finding: z.object({
    key: text,
    format: z.enum(['asff', 'ocsf', 'guardduty']),
    id: text,
    productArn: text.exactOptional(),
    accountId: text,
    region: text,
  }),
});

function wantedIn({ id: messageId, body }: QueueMessage): Wanted {
  const { kind: _kind, ...wanted } = readMessage(messageSchema, body);
  return { messageId, ...wanted };
}
