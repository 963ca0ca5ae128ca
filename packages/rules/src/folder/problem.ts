import { compareText } from '../compare-text.ts';

/** One thing that is wrong, or doubtful, in a file of a rule folder. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** Counted from 1, as editors do. */
  readonly line: number;
  readonly column: number;
  /** Where in the document, e.g. `rules[0].then[1].notify.channel`; empty for the file itself. */
  readonly path: string;
  readonly message: string;
  /** What would be right, e.g. `did you mean SeverityLabel?`. */
  readonly suggestion?: string;
}

/** Keys and list positions from a document's root to a value. */
export type DocumentPath = readonly (string | number)[];

/**
 * A path as people write it.
 *
 * @example
 * pathText(['rules', 0, 'when']); // 'rules[0].when'
 */
export function pathText(path: DocumentPath): string {
  return path.reduce<string>((text, step) => text + stepText(step, text === ''), '');
}

function stepText(step: string | number, first: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  if (!/^[\w$:/-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
  return first ? step : `.${step}`;
}

/**
 * A problem in one line, as compilers write it: file, line and column first, so that editors and terminals make a link of it.
 *
 * @example
 * problemText(problem); // 'rules/a.rules.yaml:7:13 error rules[0].when.asff: unknown key SeverityLable; did you mean SeverityLabel?'
 */
export function problemText(problem: Problem): string {
  const { severity, file, line, column, path, message, suggestion } = problem;
  const where = path === '' ? '' : ` ${path}:`;
  const hint = suggestion === undefined ? '' : `; ${suggestion}`;
  return `${file}:${line}:${column} ${severity}${where} ${message}${hint}`;
}

/** Problems by file, then by place in it; at one place, as they were found. */
export function inReadingOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}
