import type { ResponseRecord } from '@riposte/findings';
import { isPermanent } from '@riposte/lambda';
import type { Decision, Settings } from '@riposte/responses';
import type { ActionCommand } from '../action-command.ts';
import { ActionRefusedError } from '../errors.ts';
import { decisionOf } from '../may-change.ts';
import { isStillOpen } from '../still-open.ts';
import type { HubFindings } from '../update-findings.ts';
import { changeId } from './change-record.ts';
import { makeChange } from './make-change.ts';
import type { ChangePorts, RecordedChange } from './recorded-change.ts';

/** A command, and the changes that it makes. */
export interface Changing {
  readonly command: ActionCommand;
  /** @throws ActionRefusedError */
  readonly changes: () => readonly RecordedChange[];
  /** How often its message was received, this time included. */
  readonly receiveCount: number;
}

export interface MakePorts extends ChangePorts {
  readonly hub: Pick<HubFindings, 'current'>;
  readonly settings: Settings;
}

/**
 * Makes the changes of one command, each with a record of its own. A command that comes again makes and records nothing but what has failed or was not
 * ended. One change that fails keeps no other from being made.
 *
 * @throws the worst of what failed: where one may work later, the command comes back.
 */
export async function makeChanges(
  { command, changes: changesOf, receiveCount }: Changing,
  ports: MakePorts,
): Promise<'done' | 'withheld' | 'duplicate'> {
  const { rule, finding } = command;
  const reading = await ports.settings.read();
  const first = decisionOf(reading, { rules: [rule], resource: finding.resource });
  if (first.mode === 'off') return 'withheld';
  const changes = possible(changesOf, first);
  if (!changes) return 'withheld';
  const open = await notEnded(changes, command, ports);
  if (open.length === 0) return 'duplicate';
  if (first.mode === 'enforce') await isStillOpen(finding, ports.hub);
  const failures: unknown[] = [];
  let isWithheld = true;
  for (const { change, held } of open) {
    const own = decisionOf(reading, { rules: [rule], resource: change.resource.arn });
    const decision = first.mode === 'enforce' ? own : first;
    isWithheld &&= decision.mode !== 'enforce';
    try {
      await makeChange({ change, command, decision, held, receiveCount }, ports);
    } catch (error) {
      failures.push(error);
    }
  }
  const passing = failures.find((error) => !isPermanent(error));
  if (failures.length > 0) throw passing ?? failures[0];
  return isWithheld ? 'withheld' : 'done';
}

/** Where nothing would be changed anyway, what the router refuses is no failure. */
function possible(
  changesOf: Changing['changes'],
  { mode }: Decision,
): readonly RecordedChange[] | undefined {
  try {
    return changesOf();
  } catch (error) {
    if (mode !== 'enforce' && error instanceof ActionRefusedError) return undefined;
    throw error;
  }
}

interface Open {
  readonly change: RecordedChange;
  readonly held: ResponseRecord | undefined;
}

/** Those that have no record yet, whose function died, or that failed. One read each: a duplicate costs nothing more. */
async function notEnded(
  changes: readonly RecordedChange[],
  command: ActionCommand,
  { records }: ChangePorts,
): Promise<readonly Open[]> {
  const all = await Promise.all(
    changes.map(async (change) => ({
      change,
      held: await records.get(changeId(change, command)),
    })),
  );
  return all.filter(({ held }) => !held || held.status === 'claimed' || held.status === 'failed');
}
