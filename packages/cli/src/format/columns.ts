/**
 * Lines up rows under their headings.
 *
 * @example
 * columns(['NAME', 'STATE'], [['main', 'ok']]); // 'NAME  STATE\nmain  ok'
 */
export function columns(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = [headings, ...rows];
  const widths = headings.map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
