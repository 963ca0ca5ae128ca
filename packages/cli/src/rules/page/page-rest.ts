import { count, counted } from '../../format/numbers.ts';
import { type Html, html, short } from '../../page/html.ts';
import { pageTable, section, tools } from '../../page/page-parts.ts';
import type { PreviewReport } from '../preview/preview-report.ts';
import { findingLines, severityList } from './severity-parts.ts';

const most = 100;

/** Findings that no rule matches. */
export function unmatchedSection({ unmatched }: PreviewReport): Html {
  const { total, first, bySeverity, byKind } = unmatched;
  if (total === 0)
    return section('unmatched', 'What no rule matches', 'nothing', [
      html`<p>Every finding is matched by a rule.</p>`,
    ]);
  const kinds = byKind.map(({ kind, findings }) => ({ cells: [short(kind), count(findings)] }));
  const rows = first.slice(0, most).map((finding) => ({
    severity: finding.severity,
    cells: [findingLines(finding), short(finding.product ?? '', 80)],
  }));
  return section('unmatched', 'What no rule matches', counted(total, 'finding'), [
    severityList(bySeverity),
    pageTable(
      [
        { label: 'Control or type', kind: 'wide', isName: true },
        { label: 'Findings', kind: 'number' },
      ],
      kinds,
      {
        caption: 'The most frequent',
        sort: true,
      },
    ),
    html`<h3>Finding by finding</h3>`,
    tools('unmatched-findings'),
    pageTable([{ label: 'Finding', kind: 'wide', isName: true }, { label: 'Product' }], rows, {
      id: 'unmatched-findings',
      caption: 'findings',
      total,
    }),
  ]);
}

/** Rules that matched nothing. */
export function silentSection({ silent }: PreviewReport): Html | undefined {
  if (silent.length === 0) return undefined;
  const rows = silent
    .slice(0, most * 3)
    .map(({ rule, why }) => ({ cells: [short(rule), short(why)] }));
  return section('silent', 'Rules that match nothing', counted(silent.length, 'rule'), [
    pageTable(
      [
        { label: 'Rule', isName: true },
        { label: 'Why', kind: 'wide' },
      ],
      rows,
      {
        caption: 'rules',
        total: silent.length,
        sort: true,
      },
    ),
  ]);
}

/** What could not be read as a finding. */
export function unreadableSection({ unreadable }: PreviewReport): Html | undefined {
  if (unreadable.total === 0) return undefined;
  const rows = unreadable.first
    .slice(0, most)
    .map(({ place, problem }) => ({ cells: [short(place), short(problem, 240)] }));
  return section('unreadable', 'What could not be read', counted(unreadable.total, 'document'), [
    pageTable(
      [
        { label: 'Where', isName: true },
        { label: 'Problem', kind: 'wide' },
      ],
      rows,
      {
        caption: 'documents',
        total: unreadable.total,
      },
    ),
  ]);
}
