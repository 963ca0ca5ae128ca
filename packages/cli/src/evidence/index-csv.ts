import type { EvidenceIndex, EvidenceRow } from './evidence-rows.ts';

const columns: readonly (readonly [name: string, of: (row: EvidenceRow) => string | number])[] = [
  ['received', (row) => row.observedAt],
  ['severity', (row) => row.severity],
  ['control', (row) => row.control ?? ''],
  ['title', (row) => row.title],
  ['account', (row) => row.accountId],
  ['region', (row) => row.region],
  ['resource', (row) => row.resource],
  ['frameworks', (row) => row.frameworks.join('; ')],
  ['rule', (row) => row.rule],
  ['rule set', (row) => row.ruleSetVersion],
  ['finding', (row) => row.findingId],
  ['manifest', (row) => row.manifest],
  ['object', (row) => row.key],
  ['version', (row) => row.versionId ?? ''],
  ['bytes', (row) => row.bytes],
  ['sha256', (row) => row.sha256],
];

/**
 * The index for a spreadsheet. A text that a spreadsheet would take for a formula begins with an apostrophe: titles are anybody's words.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function indexCsv({ rows }: EvidenceIndex): string {
  const lines = [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, of]) => of(row))),
  ];
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  const text = String(value);
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
