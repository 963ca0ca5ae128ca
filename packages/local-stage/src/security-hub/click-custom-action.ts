import { parseArn } from '@riposte/findings';
import { publishCustomAction } from './hub-events.ts';
import { HubFault, invalidInput } from './hub-fault.ts';
import type { StoredFinding } from './hub-state.ts';
import type { HubContext } from './ports.ts';
import type { FindingIdentifier } from './types.ts';

/** The console lets an analyst select so many findings for one click. */
const maxFindings = 20;

/**
 * Sends findings to a custom action, as the console does: one event each, in the action's account and Region.
 *
 * @throws HubFault when there is no such action or finding, or when too many are selected.
 */
export function clickCustomAction(
  context: HubContext,
  actionArn: string,
  selected: readonly (string | FindingIdentifier)[],
): void {
  const { accountId, region } = parseArn(actionArn);
  const scope = { accountId, region };
  const target = context.states.of(scope).actionTargets.get(actionArn);
  if (!target)
    throw new HubFault('ResourceNotFoundException', `Custom action ${actionArn} not found`);
  if (selected.length === 0 || selected.length > maxFindings)
    throw invalidInput('Findings', `Select 1 to ${maxFindings} findings.`);
  const visible = context.states.visibleTo(scope).flatMap(({ findings }) => [...findings.values()]);
  const clicked = selected.map((one) => selectedOf(visible, one));
  for (const { asff } of clicked) publishCustomAction(context, scope, target, asff);
}

function selectedOf(
  visible: readonly StoredFinding[],
  selected: string | FindingIdentifier,
): StoredFinding {
  const wanted: Partial<FindingIdentifier> =
    typeof selected === 'string' ? { Id: selected } : selected;
  const found = visible.find(
    ({ asff }) =>
      asff.Id === wanted.Id && asff.ProductArn === (wanted.ProductArn ?? asff.ProductArn),
  );
  if (found) return found;
  throw new HubFault('ResourceNotFoundException', `Finding ${wanted.Id} not found`);
}
