import { count, counted } from '../../format/numbers.ts';
import { type Html, html, type Part, short } from '../../page/html.ts';
import { pageTable, section, tools } from '../../page/page-parts.ts';
import type { FieldChange, MatchReport, PreviewReport } from '../preview/preview-report.ts';
import { findingLines, severityBar, severityList } from './severity-parts.ts';

/** How many rows a table of the page has at most, and how many examples a rule: keeps the page small, whatever was previewed. */
const mostRows = 250;
const mostExamples = 3;

const nothing = html`<span class="quiet">none</span>`;

/** Rules that match, in their order. */
export function matchesSection({ matches, rules }: PreviewReport): Html {
  const most = Math.max(1, ...matches.map(({ findings }) => findings));
  const rows = matches.slice(0, mostRows).map((match) => ({
    cells: [
      ruleCell(match),
      count(match.order),
      count(match.findings),
      [severityBar(match.bySeverity, most), severityList(match.bySeverity)],
      accountsText(match),
    ],
  }));
  const table = pageTable(
    [
      { label: 'Rule', kind: 'wide', isName: true },
      { label: 'Order', kind: 'number' },
      { label: 'Findings', kind: 'number' },
      { label: 'By severity' },
      { label: 'Accounts' },
    ],
    rows,
    { caption: 'rules that match', total: matches.length, sort: true },
  );
  return section(
    'matches',
    'What matches',
    `${matches.length} of ${counted(rules.rules, 'rule')}`,
    [matches.length > 0 ? table : html`<p>No rule matches any finding.</p>`],
  );
}

function ruleCell({ rule, terminal, description, branches, examples }: MatchReport): Html {
  const shown = examples.slice(0, mostExamples);
  const chain = branches?.map(
    ({ branch, findings }) => `${branch === 0 ? 'if' : `else ${branch}`}: ${count(findings)}`,
  );
  return html`<span class="name">${short(rule)}</span>${terminal && html`<span class="mark">terminal</span>`}
${description !== undefined && description !== '' ? html`<br><span class="quiet small">${short(description, 240)}</span>` : undefined}
${chain && html`<br><span class="quiet small">${chain.join(', ')}</span>`}
<details><summary>${shown.length === 1 ? 'One example' : `${shown.length} examples`}</summary>
<ul class="examples">${shown.map((finding) => html`<li>${findingLines(finding)}</li>`)}</ul></details>`;
}

function accountsText({ accounts }: MatchReport): Html {
  const [first, ...rest] = accounts.first;
  if (!first) return nothing;
  const others = accounts.total - 1;
  const title = [first, ...rest].map(
    ({ accountId, findings }) => `${accountId}: ${count(findings)}`,
  );
  return html`<span title="${title.join(', ')}">${first.accountId}${others > 0 && html` <span class="quiet">and ${counted(others, 'other')}</span>`}</span>`;
}

/** Fields that would change: the same changes counted, then findings one by one. */
export function changesSection({ changes }: PreviewReport): Html {
  const { total, first, unchanged, byChange, notPossible } = changes;
  const kinds = byChange.slice(0, mostRows).map(({ field, before, after, findings }) => ({
    cells: [field, changeText({ before, after }), count(findings)],
  }));
  const already =
    unchanged > 0 &&
    html`<p>${counted(unchanged, 'finding')} more ${unchanged === 1 ? 'is' : 'are'} already as the rules say.</p>`;
  const refused = notPossible
    .slice(0, mostRows)
    .map(
      ({ rule, format, field, findings }) =>
        html`<li>${short(rule)} sets ${field}, which ${format.toUpperCase()} findings cannot take: ${counted(findings, 'finding')}</li>`,
    );
  return section('changes', 'What would change', counted(total, 'finding'), [
    already,
    kinds.length > 0
      ? pageTable(
          [
            { label: 'Field', isName: true },
            { label: 'Change', kind: 'wide' },
            { label: 'Findings', kind: 'number' },
          ],
          kinds,
          { caption: 'different changes', total: byChange.length, sort: true },
        )
      : html`<p>No finding would change.</p>`,
    refused.length > 0 ? html`<h3>Not possible</h3><ul>${refused}</ul>` : undefined,
    first.length > 0 ? changedFindings(first.slice(0, mostRows), total) : undefined,
  ]);
}

function changedFindings(first: PreviewReport['changes']['first'], total: number): Html {
  const rows = first.map(({ finding, changes }) => ({
    severity: finding.severity,
    cells: [findingLines(finding), html`<ul class="changes">${changes.map(changeLine)}</ul>`],
  }));
  return html`<h3>Finding by finding</h3>${tools('changed')}${pageTable(
    [{ label: 'Finding', kind: 'wide', isName: true }, { label: 'Changes' }],
    rows,
    { id: 'changed', caption: 'findings that would change', total },
  )}`;
}

/** One change; the rule is named below the last of those that it makes. */
function changeLine(change: FieldChange, at: number, all: readonly FieldChange[]): Html {
  const isLast = all[at + 1]?.rule !== change.rule;
  return html`<li><span class="quiet">${change.field}</span> ${changeText(change)}${isLast && html`<br><span class="quiet small">by ${short(change.rule)}</span>`}</li>`;
}

function changeText({ before, after }: Pick<FieldChange, 'before' | 'after'>): Part {
  if (before === null && after === null)
    return html`<span class="quiet">differs from finding to finding</span>`;
  const was = before === null ? 'nothing' : short(before, 120);
  const is = after === null ? 'nothing' : short(after, 200);
  return html`<span class="was">${was}</span><span class="arrow" aria-label="becomes">→</span>${is}`;
}

/** Who would hear of it. */
export function toldSection({ told }: PreviewReport): Html {
  const rows = told.slice(0, mostRows).map((channel) => ({
    cells: [
      html`<span class="name">${short(channel.channel)}</span><span class="mark">${channel.type} ${channel.kind}</span>`,
      count(channel.findings),
      severityList(channel.bySeverity),
      count(channel.closed),
      [
        short(channel.rules.join(', '), 300),
        (channel.escalations.length > 0 &&
          html`<br><span class="quiet small">then ${short(channel.escalations.join(', '), 200)}</span>`) ||
          undefined,
      ],
    ],
  }));
  return section('told', 'Who would be told', counted(told.length, 'channel'), [
    html`<p>Findings, before messages are grouped. Closed findings are told to nobody, unless they were told before.</p>`,
    pageTable(
      [
        { label: 'Channel', isName: true },
        { label: 'Findings', kind: 'number' },
        { label: 'By severity' },
        { label: 'Closed', kind: 'number' },
        { label: 'By rule', kind: 'wide' },
      ],
      rows,
      { caption: 'channels', total: told.length, sort: true },
    ),
  ]);
}

/** What would run. */
export function actionsSection({ actions }: PreviewReport): Html {
  const rows = actions.slice(0, mostRows).map(({ action, target, findings, closed, rules }) => ({
    cells: [
      html`<span class="name">${action}</span> <code>${short(target, 200)}</code>`,
      count(findings),
      count(closed),
      short(rules.join(', '), 300),
    ],
  }));
  return section('actions', 'What would run', counted(actions.length, 'action'), [
    pageTable(
      [
        { label: 'Action', kind: 'wide', isName: true },
        { label: 'Findings', kind: 'number' },
        { label: 'Closed', kind: 'number' },
        { label: 'By rule' },
      ],
      rows,
      { caption: 'actions', total: actions.length, sort: true },
    ),
  ]);
}
