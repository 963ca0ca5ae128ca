import { escapeText } from '@riposte/findings';
import { routeTraceText } from '@riposte/notifications';
import type { Action } from '@riposte/rules';
import { columns } from '../../format/columns.ts';
import { actionTarget } from '../preview/action-target.ts';
import type { FindingPath } from './route-finding.ts';

/** The path of a finding as people read it on a terminal. */
export function routeText(path: FindingPath): string {
  const { finding, trace } = path;
  const where = [finding.format, finding.accountId, finding.region, finding.resource];
  return [
    `${escapeText(finding.id, 300)}\n${escapeText(where.filter(Boolean).join(' · '), 300)}`,
    matchesText(path),
    changesText(path),
    routeTraceText(trace).trimEnd(),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function matchesText({ matches, nearMisses }: FindingPath): string {
  const near = nearMisses.map(({ rule, why }) => `${rule} would match, but ${why}`);
  if (matches.length === 0) return ['No rule matches.', ...near].join('\n');
  const rows = matches.map(({ rule, order, terminal, branch, actions }) => [
    String(order),
    `${rule}${branch > 0 ? ` (else ${branch})` : ''}${terminal ? ' (terminal)' : ''}`,
    actions.map(actionText).join('; ') || 'nothing',
  ]);
  return [columns(['ORDER', 'RULE MATCHES', 'AND DOES'], rows), ...near].join('\n');
}

function actionText(action: Action): string {
  if ('notify' in action) return `tells ${action.notify.channel}`;
  if ('ticket' in action) return `keeps a ticket in ${action.ticket.channel}`;
  if ('update' in action) return `sets ${Object.keys(action.update).join(', ')}`;
  if ('suppress' in action) return `suppresses: ${action.suppress.reason}`;
  const target = actionTarget(action);
  return target ? `${target.action} ${target.target}` : '';
}

function changesText({ changes, notPossible, unasked }: FindingPath): string {
  const shown = (value: string | null) => (value === null ? 'nothing' : escapeText(value, 200));
  const lines = [
    ...changes.map(
      ({ field, before, after }) => `${field}: ${shown(before)} becomes ${shown(after)}`,
    ),
    ...notPossible.map((field) => `${field}: cannot be set on a finding of this format`),
  ];
  const missing = unasked.length > 0 ? [`unknown: ${unasked.join(', ')}`] : [];
  return [...lines, ...missing].join('\n');
}
