import type { GroupMessage } from '../index.ts';
import { start } from './alerts.ts';

/** A message in a line, for tests to compare: seconds, channel, status, and what is said of which finding. */
export function line({ at, channel, status, kind, findings }: GroupMessage): string {
  const seconds = (Date.parse(at) - start) / 1_000;
  const said = findings.map(({ id, change, severity }) => `${id} ${change} ${severity}`);
  return `${seconds} ${channel} ${kind} ${status}: ${said.join(', ')}`;
}
