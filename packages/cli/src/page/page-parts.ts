import { count } from '../format/numbers.ts';
import { severities } from '../severities.ts';
import { type Html, html, type Part } from './html.ts';

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
  /** Seen where it says more than the heading above the table: where rows were left out. */
  readonly caption: string;
  /** How many rows there would be without a limit: the caption counts them. */
  readonly total?: number;
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
  { id, caption, total, sort }: TableOptions,
): Html {
  const head = columns.map(
    ({ label, kind }) =>
      html`<th scope="col" role="columnheader"${kind && html` class="${kind}"`}>${label}</th>`,
  );
  return html`<table role="table"${id && html` id="${id}"`}${sort && html` data-sort`}>
${captionOf(caption, rows.length, total)}
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

function captionOf(caption: string, shown: number, total: number | undefined): Html {
  if (total === undefined) return html`<caption class="unseen">${caption}</caption>`;
  return shown < total
    ? html`<caption>The first ${count(shown)} of ${count(total)} ${caption}</caption>`
    : html`<caption class="unseen">${count(total)} ${caption}</caption>`;
}

/** A part of the page under its heading. */
export function section(id: string, title: string, about: string, parts: readonly Part[]): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title} <span class="count">${about}</span></h2>
${parts}
</section>
`;
}

/** The filter of a table; hidden until the script runs. */
export function tools(table: string): Html {
  const options = severities.map(
    (severity) => html`<option value="${severity}">${severity.toLowerCase()}</option>`,
  );
  return html`<div class="tools" data-for="${table}" hidden>
<input type="search" placeholder="Filter by any word" aria-label="Filter by any word">
<select aria-label="Severity"><option value="">any severity</option>${options}</select>
<output class="quiet small"></output></div>`;
}
