import type { NotifiedFinding } from './delivery.ts';
import { FindingMovedError } from './errors.ts';
import type { HubFindings } from './update-findings.ts';

const closed = new Set(['RESOLVED', 'SUPPRESSED']);

/**
 * Reads a finding again: nothing changes on the word of an event.
 *
 * @throws FindingMovedError when it is gone or closed.
 */
export async function isStillOpen(
  finding: NotifiedFinding,
  hub: Pick<HubFindings, 'current'>,
): Promise<void> {
  const current = (await hub.current([finding])).get(finding.key);
  if (!current) throw new FindingMovedError(finding.id, 'it is not there any more');
  const { workflow = '' } = current;
  if (closed.has(workflow)) throw new FindingMovedError(finding.id, `its workflow is ${workflow}`);
}
