import { count } from '../../format/numbers.ts';
import type { BySeverity, FindingSummary } from '../preview/preview-report.ts';
import { type Html, html, type Part, short } from './html.ts';

/** A column of a table on the page. */
export interface PageColumn {
  readonly label: string;
  /** `number`: lined up on the right, sorted as numbers; `wide`: has room for text. */
  readonly kind?: 'number' | 'wide';
  /** The first column names its row; on a narrow screen it stands above the others. */
  readonly isName?: true;
}

/** A row of a table on the page; `severity` is what the filter looks at. */
export interface PageRow {
  readonly cells: readonly Part[];
  readonly severity?: string;
}

/** What a table may have. */
export interface TableOptions {
  readonly id?: string;
  readonly caption: string;
  /** Headings sort, where the script runs. */
  readonly sort?: true;
}

/**
 * A table that becomes a list of cards on a narrow screen. Roles are written out, since a browser forgets those of elements that are laid
 * out as blocks.
 */
export function pageTable(
  columns: readonly PageColumn[],
  rows: readonly PageRow[],
  { id, caption, sort }: TableOptions,
): Html {
  const head = columns.map(
    ({ label, kind }) =>
      html`<th scope="col" role="columnheader"${kind && html` class="${kind}"`}>${label}</th>`,
  );
  return html`<table role="table"${id && html` id="${id}"`}${sort && html` data-sort`}>
<caption${isWhole(caption) && html` class="unseen"`}>${caption}</caption>
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">
${rows.map((row) => pageRow(columns, row))}</tbody></table>`;
}

function pageRow(columns: readonly PageColumn[], { cells, severity }: PageRow): Html {
  const shown = columns.map(({ label, kind, isName }, at) => {
    const style = kind === 'number' ? html` class="number"` : undefined;
    const labelled = isName ? undefined : html` data-label="${label}"`;
    // One element, so that label and content are two columns on a narrow screen.
    return html`<td role="cell"${style}${labelled}><div>${cells[at]}</div></td>`;
  });
  return html`<tr role="row"${severity && html` data-severity="${severity}"`}>${shown}</tr>
`;
}

/** Counts by severity, in words and colour. */
export function severityList(bySeverity: BySeverity): Html {
  const items = Object.entries(bySeverity).map(
    ([severity, findings]) =>
      html`<li class="severity ${severity.toLowerCase()}">${count(findings)} ${severity.toLowerCase()}</li>`,
  );
  return html`<ul class="severities">${items}</ul>`;
}

/** How much of the most a count is, in the colours of its severities; decoration beside the number itself. */
export function severityBar(bySeverity: BySeverity, most: number): Html {
  let from = 0;
  const parts = Object.entries(bySeverity).map(([severity, findings]) => {
    const width = Math.round((findings / Math.max(most, 1)) * 1000) / 10;
    const part = html`<rect class="${severity.toLowerCase()}" x="${from}" y="0" width="${width}" height="4"/>`;
    from = Math.round((from + width) * 10) / 10;
    return part;
  });
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">${parts}</svg>`;
}

/** A finding in two lines: what, and where. */
export function findingLines(finding: FindingSummary): Html {
  const { title, id, severity, accountId, region, resource, control } = finding;
  const where = [accountId, region, short(resource, 200)].filter((text) => text !== '');
  const what = short(title === '' ? id : title);
  return html`<span class="severity ${severity.toLowerCase()}" title="${severity.toLowerCase()}">${severity.toLowerCase()}</span> ${what}${control && html`<span class="mark">${short(control, 40)}</span>`}<br><span class="quiet small">${where.join(' · ')}</span>`;
}

/** A caption that says no more than the heading above it is for those who do not see where a table begins. */
function isWhole(caption: string): boolean {
  return !caption.startsWith('The first');
}

/** Words above a list that may be longer than what is shown. */
export function shownOf(shown: number, total: number, noun: string): string {
  return shown < total
    ? `The first ${count(shown)} of ${count(total)} ${noun}`
    : `${count(total)} ${noun}`;
}
