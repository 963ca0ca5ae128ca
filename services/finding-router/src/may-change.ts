import { decideMode, type Settings } from '@riposte/responses';
import { ChangesStoppedError } from './errors.ts';

type Reading = Awaited<ReturnType<Settings['read']>>;

/** Whose wish it is, and what it would change. */
export interface Wish {
  /** Ids of the rules; the most careful mode among them counts. */
  readonly rules: readonly string[];
  /** ARN or id of the resource: one that is exempt is left alone. Absent where only the finding is written on. */
  readonly resource?: string;
}

/**
 * Whether rules may change something now. The mode of each has to be `enforce`, as it is unless the settings say otherwise; what is withheld by a mode or an
 * exemption is withheld on purpose and leaves no trace.
 *
 * @throws ChangesStoppedError while the switch is on, or the settings cannot be read: what was to be done waits for a person.
 */
export function mayChange(reading: Reading, { rules, resource = '' }: Wish): boolean {
  const decisions = rules.map((kind) =>
    decideMode(reading, { kind, defaultMode: 'enforce', resourceArn: resource, failOpen: false }),
  );
  const held = decisions.find(({ mode }) => mode !== 'enforce');
  if (!held) return true;
  const isMeant = reading.readable && reading.switch === 'changes-allowed';
  if (isMeant) return false;
  throw new ChangesStoppedError(rules.join(', '), held.reason ?? '');
}
