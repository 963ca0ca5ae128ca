import { cutText } from '@riposte/findings';
import { columns } from './columns.ts';

/** What a column keeps, however narrow the terminal is. */
const least = 8;

/**
 * Lines up rows under their headings, within a width: the widest columns give way, and what does not fit ends in `…`.
 *
 * @param width characters; no limit when absent.
 * @param numbers positions of columns that are lined up on the right.
 * @example
 * fitColumns(['NAME', 'TITLE'], rows, { width: terminal.width });
 */
export function fitColumns(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { width, numbers = [] }: { readonly width?: number; readonly numbers?: readonly number[] } = {},
): string {
  const table = [headings, ...rows];
  const widths = headings.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  if (width !== undefined) shrink(widths, width - 2 * (headings.length - 1));
  const fitted = (row: readonly string[]) =>
    row.map((cell, at) => {
      const room = widths[at] ?? 0;
      return numbers.includes(at) ? cell.padStart(room) : cutText(cell, room);
    });
  return columns(fitted(headings), rows.map(fitted));
}

function shrink(widths: number[], room: number): void {
  let over = widths.reduce((sum, each) => sum + each, 0) - room;
  while (over > 0) {
    const widest = Math.max(...widths);
    if (widest <= least) return;
    const next = Math.max(least, ...widths.filter((each) => each < widest));
    const at = widths.indexOf(widest);
    const cut = Math.min(over, Math.max(1, widest - next));
    widths[at] = widest - cut;
    over -= cut;
  }
}
