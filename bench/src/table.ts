import type { BenchReport } from './benchmark.ts';
import { limitsRatio, type Result, type Unit } from './result.ts';

const headings = ['case', 'ours', 'peer', 'ratio', 'limit', ''] as const;

/** A report as a person reads it. */
export function tableOf({ name, machine, results }: BenchReport): string {
  const { cpu, cores, node } = machine;
  const rows = [headings, ...results.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => width(row, column))));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => {
        const size = widths[column] ?? 0;
        return column === 0 || column === 2 ? cell.padEnd(size) : cell.padStart(size);
      })
      .join('  ')
      .trimEnd(),
  );
  return [`${name}  (${cpu}, ${cores} cores, Node ${node})`, ...lines, closing(results)].join('\n');
}

function width(row: readonly string[], column: number): number {
  return row[column]?.length ?? 0;
}

function cellsOf(result: Result): readonly string[] {
  const { unit, ours, peer, peerName, ratio, limit, ok } = result;
  return [
    result.case,
    amount(ours, unit),
    peer === null ? '' : [amount(peer, unit), peerName].filter(Boolean).join(' '),
    ratio === null ? '' : times(ratio),
    limit === null ? '' : `<= ${limitsRatio(result) ? times(limit) : amount(limit, unit)}`,
    verdict(limit, ok),
  ];
}

function verdict(limit: number | null, ok: boolean): string {
  if (limit === null) return '';
  return ok ? 'ok' : 'MISSED';
}

function times(ratio: number): string {
  return `${ratio >= 0.1 || ratio === 0 ? ratio.toFixed(2) : ratio.toPrecision(2)}x`;
}

function amount(value: number, unit: Unit): string {
  if (unit === 'bytes') return `${(value / 1000).toFixed(0)} KB`;
  if (unit === 'calls') return `${value} ${value === 1 ? 'call' : 'calls'}`;
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

function closing(results: readonly Result[]): string {
  const limited = results.filter(({ limit }) => limit !== null);
  const missed = limited.filter(({ ok }) => !ok);
  if (missed.length === 0) return `all ${limited.length} limits are kept`;
  return `${missed.length} of ${limited.length} limits missed: ${missed.map((result) => result.case).join('; ')}`;
}
