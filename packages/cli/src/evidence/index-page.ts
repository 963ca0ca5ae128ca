import { count, counted } from '../format/numbers.ts';
import { type Html, html, short } from '../page/html.ts';
import { page } from '../page/page-frame.ts';
import { type PageColumn, type PageRow, pageTable, section, tools } from '../page/page-parts.ts';
import { severities } from '../severities.ts';
import type { EvidenceIndex, EvidenceRow } from './evidence-rows.ts';

/** The index as one page that needs nothing else. */
export function indexPage(index: EvidenceIndex): string {
  const { bucket, since, at, rows, newest, problems } = index;
  return page({
    name: 'index of evidence',
    at,
    over: 'Riposte · index of evidence',
    heading: `${counted(rows.length, 'piece')} of evidence`,
    facts: [
      ['Bucket', html`<code>${bucket}</code>`],
      ['Since', since],
      ['Read', at],
      ...(newest ? [newestFact(newest)] : []),
      [
        'Chain',
        problems.length === 0 ? 'unbroken' : `broken: ${counted(problems.length, 'problem')}`,
      ],
    ],
    main: [
      problems.length > 0 && problemsSection(index),
      frameworksSection(rows),
      rowsSection(rows),
    ],
    footer:
      'Rows come from the manifests. Whether the objects are what they were, riposte evidence verify says.',
  });
}

function newestFact({ sequence, sha256 }: NonNullable<EvidenceIndex['newest']>) {
  return ['Newest manifest', html`${sequence}, sha256 <code>${sha256}</code>`] as const;
}

function problemsSection({ problems }: EvidenceIndex): Html {
  const items = problems.map(
    ({ key, said }) => html`<li><code>${short(key, 300)}</code> ${short(said, 300)}</li>`,
  );
  return section(
    'problems',
    'What is wrong with the manifests',
    counted(problems.length, 'problem'),
    [html`<ul class="examples">${items}</ul>`],
  );
}

/** How much evidence there is of each requirement. */
function frameworksSection(rows: readonly EvidenceRow[]): Html | undefined {
  const counts = new Map<string, number>();
  for (const name of rows.flatMap(({ frameworks }) =>
    frameworks.map((text) => text.split(':')[0] ?? ''),
  )) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const lines = [...counts].sort(([one], [other]) => one.localeCompare(other));
  if (lines.length === 0) return undefined;
  return section('frameworks', 'Frameworks', count(lines.length), [
    pageTable(
      [
        { label: 'Framework', isName: true },
        { label: 'Findings', kind: 'number' },
      ],
      lines.map(([name, findings]) => ({ cells: [short(name), count(findings)] })),
      { caption: 'Findings by framework', sort: true },
    ),
  ]);
}

const columns: readonly PageColumn[] = [
  { label: 'Received (UTC)' },
  { label: 'Severity' },
  { label: 'Control' },
  { label: 'Finding' },
  { label: 'Resource' },
  { label: 'Shows' },
  { label: 'Object' },
];

function rowsSection(rows: readonly EvidenceRow[]): Html {
  return section('evidence', 'Evidence', count(rows.length), [
    tools('rows'),
    pageTable(columns, rows.map(rowOf), { id: 'rows', caption: 'Evidence objects', sort: true }),
  ]);
}

function rowOf(row: EvidenceRow): PageRow {
  const severity = severities.includes(row.severity) ? row.severity : '';
  return {
    severity,
    cells: [
      short(row.observedAt, 40).slice(0, 19).replace('T', ' '),
      html`<span class="severity ${severity.toLowerCase()}">${short(row.severity, 20)}</span>`,
      short(row.control ?? '', 40),
      html`${short(row.title)}<br><code class="quiet">${short(row.findingId, 200)}</code>`,
      html`<code>${short(row.resource, 200)}</code><br><span class="quiet small">${short(row.accountId, 12)} ${short(row.region, 20)}</span>`,
      html`${row.frameworks.map((text) => html`<span class="small">${short(text, 300)}</span><br>`)}<span class="quiet small">by rule ${short(row.rule, 100)}</span>`,
      html`<details><summary>manifest ${row.manifest}</summary><code>${short(row.key, 300)}</code><br><span class="small">version ${short(row.versionId ?? 'not known', 100)}, ${count(row.bytes)} bytes, sha256</span> <code>${row.sha256}</code></details>`,
    ],
  };
}
