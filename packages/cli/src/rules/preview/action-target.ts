import type { Action } from '@riposte/rules';
import type { ActionReport } from './preview-report.ts';

/** An action on a system, and what it is aimed at. */
export interface ActionTarget {
  readonly action: ActionReport['action'];
  readonly target: string;
}

/** What an action runs or feeds; undefined for those that update findings or tell people. */
export function actionTarget(action: Action): ActionTarget | undefined {
  if ('remediate' in action) return { action: 'remediate', target: action.remediate.action };
  if ('automation' in action) return { action: 'automation', target: action.automation.document };
  if ('invoke' in action) return { action: 'invoke', target: action.invoke.function };
  if ('queue' in action) return { action: 'queue', target: action.queue.url };
  if ('event' in action) return { action: 'event', target: action.event.bus };
  return targetOfRecord(action);
}

function targetOfRecord(action: Action): ActionTarget | undefined {
  if ('tag' in action) {
    const tags = Object.entries(action.tag.tags).map(([key, value]) => `${key}=${value}`);
    return { action: 'tag', target: tags.join(', ') };
  }
  if ('evidence' in action) {
    const frameworks = action.evidence.frameworks?.join(', ');
    return { action: 'evidence', target: frameworks ?? 'frameworks of the control' };
  }
  if ('enrich' in action) return { action: 'enrich', target: action.enrich.with.join(', ') };
  return undefined;
}
