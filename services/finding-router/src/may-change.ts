import { type Decision, decideMode, type Settings } from '@riposte/responses';
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
 * How far rules may go now. The mode of each is `enforce` unless the settings say otherwise; what is withheld by a mode or an exemption is withheld on
 * purpose.
 *
 * @throws ChangesStoppedError while the switch is on, or the settings cannot be read: what was to be done waits for a person.
 */
export function decisionOf(reading: Reading, { rules, resource = '' }: Wish): Decision {
  const decisions = rules.map((kind) =>
    decideMode(reading, { kind, defaultMode: 'enforce', resourceArn: resource, failOpen: false }),
  );
  const held = decisions.find(({ mode }) => mode !== 'enforce');
  if (!held) return { mode: 'enforce' };
  const isMeant = reading.readable && reading.switch === 'changes-allowed';
  if (isMeant) return held;
  throw new ChangesStoppedError(rules.join(', '), held.reason ?? '');
}

/**
 * Whether rules may change something now.
 *
 * @throws ChangesStoppedError as `decisionOf`.
 */
export function mayChange(reading: Reading, wish: Wish): boolean {
  return decisionOf(reading, wish).mode === 'enforce';
}
