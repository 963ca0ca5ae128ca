import { escapeText } from '@riposte/findings';
import { durationInWords } from '../../format/duration.ts';
import { fitColumns } from '../../format/fit-columns.ts';
import { count, counted } from '../../format/numbers.ts';
import { previewFacts } from './preview-facts.ts';
import type { BySeverity, PreviewReport } from './preview-report.ts';

/** How many lines a list takes on a terminal; the JSON document and the page hold more. */
const lines = 20;

/** A preview as people read it on a terminal. */
export function previewText(report: PreviewReport, width?: number): string {
  const table = (
    headings: readonly string[],
    rows: readonly (readonly string[])[],
    numbers: readonly number[] = [],
  ) => {
    const shown = fitColumns(headings, rows.slice(0, lines), {
      numbers,
      ...(width !== undefined && { width }),
    });
    return rows.length > lines ? `${shown}\n… and ${count(rows.length - lines)} more` : shown;
  };
  const { timings } = report;
  return [
    previewFacts(report)
      .map(({ name, text }) => `${name.padEnd(10)}${text}`)
      .join('\n'),
    matchesText(report, table),
    changesText(report, table),
    toldText(report, table),
    actionsText(report, table),
    unmatchedText(report, table),
    silentText(report, table),
    unreadableText(report),
    `Nothing was done. Read in ${durationInWords(timings.read)}, evaluated in ${durationInWords(timings.evaluate)}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

type Table = (
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  numbers?: readonly number[],
) => string;

const shortSeverities = {
  CRITICAL: 'CRIT',
  HIGH: 'HIGH',
  MEDIUM: 'MED',
  LOW: 'LOW',
  INFORMATIONAL: 'INFO',
};

/** `12 CRIT, 3 LOW`. */
function severitiesText(bySeverity: BySeverity): string {
  return Object.entries(shortSeverities)
    .flatMap(([severity, short]) => {
      const found = bySeverity[severity];
      return found === undefined ? [] : [`${count(found)} ${short}`];
    })
    .join(', ');
}

function matchesText({ matches, rules }: PreviewReport, table: Table): string {
  if (matches.length === 0) return 'MATCHES\nno rule matches any finding';
  const rows = matches.map(
    ({ order, rule, terminal, findings, bySeverity, accounts, examples }) => [
      String(order),
      terminal ? `${rule} (terminal)` : rule,
      count(findings),
      count(accounts.total),
      severitiesText(bySeverity),
      escapeText(examples[0]?.title ?? '', 200),
    ],
  );
  const heading = `MATCHES  ${matches.length} of ${counted(rules.rules, 'rule')}`;
  const headings = ['ORDER', 'RULE', 'FINDINGS', 'ACCOUNTS', 'SEVERITY', 'FOR EXAMPLE'];
  return `${heading}\n${table(headings, rows, [0, 2, 3])}`;
}

function changesText({ changes }: PreviewReport, table: Table): string {
  const { total, unchanged, byChange, notPossible } = changes;
  if (total + unchanged + notPossible.length === 0) return '';
  const already = unchanged > 0 ? `; ${count(unchanged)} are already as the rules say` : '';
  const rows = byChange.map(({ field, before, after, findings }) => [
    field,
    ...(before === null && after === null
      ? ['differs', 'differs']
      : [valueText(before), valueText(after)]),
    count(findings),
  ]);
  const refused = notPossible.map(
    ({ rule, format, field, findings }) =>
      `${rule} sets ${field}, which ${format} findings cannot take (${counted(findings, 'finding')})`,
  );
  return [
    `WOULD CHANGE  ${counted(total, 'finding')}${already}`,
    ...(rows.length > 0 ? [table(['FIELD', 'BEFORE', 'AFTER', 'FINDINGS'], rows, [3])] : []),
    ...refused,
  ].join('\n');
}

function valueText(value: string | null): string {
  return value === null ? '-' : escapeText(value, 80);
}

function toldText({ told }: PreviewReport, table: Table): string {
  if (told.length === 0) return '';
  const rows = told.map(({ channel, type, kind, findings, closed, rules, escalations }) => [
    channel,
    `${type} ${kind}`,
    count(findings),
    count(closed),
    escalations.join(', ') || '-',
    rules.join(', '),
  ]);
  const headings = ['CHANNEL', 'AS', 'FINDINGS', 'CLOSED', 'THEN', 'BY RULE'];
  return `WOULD BE TOLD  findings, before grouping\n${table(headings, rows, [2, 3])}`;
}

function actionsText({ actions }: PreviewReport, table: Table): string {
  if (actions.length === 0) return '';
  const rows = actions.map(({ action, target, findings, closed, rules }) => [
    action,
    target,
    count(findings),
    count(closed),
    rules.join(', '),
  ]);
  return `WOULD RUN\n${table(['ACTION', 'TARGET', 'FINDINGS', 'CLOSED', 'BY RULE'], rows, [2, 3])}`;
}

function unmatchedText({ unmatched }: PreviewReport, table: Table): string {
  if (unmatched.total === 0) return '';
  const rows = unmatched.byKind.map(({ kind, findings }) => [
    escapeText(kind, 100),
    count(findings),
  ]);
  const about = `${counted(unmatched.total, 'finding')}: ${severitiesText(unmatched.bySeverity)}`;
  return `NO RULE MATCHES  ${about}\n${table(['CONTROL OR TYPE', 'FINDINGS'], rows, [1])}`;
}

function silentText({ silent }: PreviewReport, table: Table): string {
  if (silent.length === 0) return '';
  const rows = silent.map(({ rule, why }) => [rule, why]);
  return `RULES THAT MATCH NOTHING  ${silent.length}\n${table(['RULE', 'WHY'], rows)}`;
}

function unreadableText({ unreadable }: PreviewReport): string {
  if (unreadable.total === 0) return '';
  const first = unreadable.first.slice(0, lines);
  const rest = unreadable.total - first.length;
  return [
    `NOT READ  ${count(unreadable.total)}`,
    ...first.map(({ place, problem }) => `${place}: ${escapeText(problem, 200)}`),
    ...(rest > 0 ? [`… and ${count(rest)} more`] : []),
  ].join('\n');
}
