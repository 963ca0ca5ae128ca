import { count, counted } from '../../format/numbers.ts';
import type { PreviewReport } from './preview-report.ts';

/** A line of what a preview is about. */
export interface PreviewFact {
  readonly name: string;
  readonly text: string;
}

/** What was evaluated, on what, for when; with what is missing from it. */
export function previewFacts({
  rules,
  source,
  findings,
  unasked,
  at,
}: PreviewReport): readonly PreviewFact[] {
  const formats = Object.entries(findings.byFormat)
    .map(([format, documents]) => `${count(documents)} ${format.toUpperCase()}`)
    .join(', ');
  const since =
    source.since === undefined ? '' : ` since ${source.since.slice(0, 16).replace('T', ' ')} UTC`;
  const repeated =
    findings.repeated > 0 ? `; ${counted(findings.repeated, 'repeated document')} left out` : '';
  return [
    {
      name: 'Rules',
      text: `${rules.folder}: ${counted(rules.rules, 'rule')} in ${counted(rules.packs, 'pack')}, version ${rules.version.slice(0, 12)}`,
    },
    {
      name: 'Findings',
      text: `${source.name}${since}: ${counted(findings.total, 'finding')} in ${counted(findings.accounts, 'account')}${formats && ` (${formats})`}${repeated}`,
    },
    ...source.gaps.map((text) => ({ name: 'Missing', text })),
    ...(unasked.length > 0 ? [{ name: 'Unknown', text: unknownText(unasked) }] : []),
    { name: 'As of', text: `${at.slice(0, 19).replace('T', ' ')} UTC` },
  ];
}

function unknownText(unasked: readonly string[]): string {
  return `${unasked.join(', ')}; risk scores count nothing for it, and lower no severity`;
}
