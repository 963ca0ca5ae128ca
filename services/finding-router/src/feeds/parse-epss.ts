import { gunzipSync } from 'node:zlib';
import type { EpssEntry } from '@riposte/rules';
import { FeedRejectedError } from './errors.ts';
import type { ParsedFeed } from './parse-kev.ts';

/** About 300,000 rows are 9 MB. */
const maxUnpackedBytes = 128 * 1024 * 1024;

const comment =
  /^#model_version:([\w.]{1,64}),score_date:([\d-]{10}T[\d:.]{8,15}(?:Z|[+-]\d{2}:?\d{2}))$/;
const row =
  /^(CVE-\d{4}-\d{4,19}),(\d(?:\.\d{1,20})?(?:e-\d{1,2})?),(\d(?:\.\d{1,20})?(?:e-\d{1,2})?)$/;

/**
 * Reads a day's scores of the Exploit Prediction Scoring System: gzip of CSV, whose first line is a comment with model and date.
 *
 * @throws FeedRejectedError naming the first line that is wrong.
 * @see https://www.first.org/epss/data_stats
 */
export function parseEpss(body: Uint8Array): ParsedFeed<EpssEntry> {
  const text = unpack(body);
  const [first = '', header = ''] = text.slice(0, 500).split(/\r?\n/);
  const [, version, scoreDate] = comment.exec(first) ?? [];
  const time = Date.parse(scoreDate ?? '');
  if (version === undefined || Number.isNaN(time)) {
    throw new FeedRejectedError('line 1', 'does not say model version and score date');
  }
  if (header !== 'cve,epss,percentile') {
    throw new FeedRejectedError('line 2', 'does not name the columns cve,epss,percentile');
  }
  return { asOf: new Date(time).toISOString(), version, rows: rowsOf(text) };
}

function rowsOf(text: string): ReadonlyMap<string, EpssEntry> {
  const rows = new Map<string, EpssEntry>();
  let number = 0;
  // Line by line: a list of all lines would take as much memory again.
  for (let start = 0; start < text.length; number += 1) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? text.length : end).trimEnd();
    start = end < 0 ? text.length : end + 1;
    if (number >= 2 && line !== '') addRow(rows, line, number + 1);
  }
  return rows;
}

function addRow(rows: Map<string, EpssEntry>, line: string, number: number): void {
  const [, cve, epss, percentile] = row.exec(line) ?? [];
  const entry = { score: Number(epss), percentile: Number(percentile) };
  if (cve === undefined || entry.score > 1 || entry.percentile > 1) {
    throw new FeedRejectedError(`line ${number}`, 'is not a CVE id with two numbers from 0 to 1');
  }
  rows.set(cve, entry);
}

function unpack(body: Uint8Array): string {
  try {
    return gunzipSync(body, { maxOutputLength: maxUnpackedBytes }).toString('utf8');
  } catch (cause) {
    throw new FeedRejectedError('(root)', 'is not gzip, or too large', { cause });
  }
}
