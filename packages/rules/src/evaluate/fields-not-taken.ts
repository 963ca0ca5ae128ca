import type { FindingUpdate } from '../model/action.ts';
import type { Format } from './source.ts';

/** What BatchUpdateFindingsV2 takes; everything else is known to ASFF alone. */
const takenByOcsf: ReadonlySet<string> = new Set(['severity', 'workflow', 'note']);

/** Fields of an update that a finding of this format cannot take. A finding of GuardDuty's own format can take none. */
export function fieldsNotTaken(update: FindingUpdate, format: Format): readonly string[] {
  if (format === 'asff') return [];
  return Object.keys(update).filter((field) => format !== 'ocsf' || !takenByOcsf.has(field));
}
