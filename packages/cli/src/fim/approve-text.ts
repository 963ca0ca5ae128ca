import { counted } from '../format/numbers.ts';
import type { Outcome, PlannedApproval } from './approve-drift.ts';
import { diffText } from './fim-diff.ts';

/** What a person is about to approve. */
export function planText(planned: readonly PlannedApproval[]): string {
  return planned.map(onePlan).join('\n\n');
}

function onePlan({ approval, tracked, covered }: PlannedApproval): string {
  const end = approval.until === undefined ? 'for good' : `until ${approval.until}`;
  const isBaseline = approval.names === undefined && tracked.baseline.approvalId === undefined;
  return [
    `Approving ${end}, as it was captured ${covered.capturedAt}; what changes afterwards is drift again:`,
    ...(isBaseline ? ['  the baseline that was seen first'] : []),
    ...(covered.entries.length > 0 ? [diffText([covered])] : []),
  ].join('\n');
}

/** What came of approvals. */
export function outcomeText(planned: readonly PlannedApproval[], outcome: Outcome): string {
  const entries = planned.reduce((sum, { covered }) => sum + covered.entries.length, 0);
  const inventories = planned.length === 1 ? '1 inventory' : `${planned.length} inventories`;
  const what = `${counted(entries, 'difference')} of ${inventories}`;
  return outcome === 'applied'
    ? `Approved: ${what}. The findings are resolved.`
    : `Approved: ${what}. The detector has not taken it in yet: look with riposte fim status.`;
}
