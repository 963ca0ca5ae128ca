import { severityFromAsff } from '@riposte/findings';
import { InvalidPatternError, WrongQuickStartError } from '../errors.ts';
import { compileNames } from './compile-names.ts';
import type { InventoryRule } from './inventory-rule.ts';
import { type PythonToken, pythonTokens } from './python-tokens.ts';

/** The rule that the quick start makes. */
export const quickStartId = 'quick-start';

const labels = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

/**
 * The rule that stands for the settings of the published sample: regular expressions with commas between them, which fit paths from their
 * start as Python's `re.match` takes them, and the severity of what they name. A comma in `{1,3}`, in `[,;]`, in a group or behind `\`
 * belongs to its expression.
 *
 * @param patterns CRITICAL_FILE_PATTERNS; blank or absent: no rule.
 * @param label SEVERITY_LABEL; blank or absent: MEDIUM, as published.
 * @throws WrongQuickStartError for expressions that cannot be read, or can match no path.
 * @example
 * quickStartRules('^/etc/paymentapp/config.*$,^/etc/passwd$', 'HIGH');
 */
export function quickStartRules(patterns = '', label = ''): readonly InventoryRule[] {
  const severity = severityOf(label.trim());
  const written = splitPatterns(patterns);
  for (const pattern of written) refuseWrong(pattern);
  if (written.length === 0) return [];
  return [
    {
      id: quickStartId,
      description: 'Files that CRITICAL_FILE_PATTERNS names.',
      type: 'AWS:File',
      include: written.map((python) => ({ python })),
      exclude: [],
      changes: ['created', 'modified', 'deleted'],
      severity,
      policy: 'readonly',
    },
  ];
}

function severityOf(label: string): InventoryRule['severity'] {
  if (label === '') return 'medium';
  const severity = labels.includes(label) ? severityFromAsff(label, undefined) : undefined;
  if (severity) return severity;
  const meant = labels.find((known) => known === label.toUpperCase());
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  throw new WrongQuickStartError(
    'SEVERITY_LABEL',
    `${JSON.stringify(label)} is none of ${labels.join(', ')}${hint}`,
  );
}

function splitPatterns(patterns: string): readonly string[] {
  const pieces = [''];
  let depth = 0;
  for (const { kind, text } of tokensOf(patterns)) {
    if (kind === 'open') depth += 1;
    if (kind === 'close') depth -= 1;
    if (kind === 'comma' && depth <= 0) pieces.push('');
    else pieces.push(`${pieces.pop() ?? ''}${text}`);
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

function tokensOf(patterns: string): readonly PythonToken[] {
  try {
    return pythonTokens(patterns);
  } catch (error) {
    throw wrongPattern(error);
  }
}

function refuseWrong(pattern: string): void {
  try {
    compileNames([{ python: pattern }]);
  } catch (error) {
    throw wrongPattern(error);
  }
  // A path begins with a slash or a drive: two plain letters at the start fit none.
  if (!/^\^?[\w-]{2}(?![?*+{])/.test(pattern) || pattern.includes('|')) return;
  throw new WrongQuickStartError(
    'CRITICAL_FILE_PATTERNS',
    `${JSON.stringify(pattern)} fits no path: it is compared from the start of the path; write .*${pattern.replace(/^\^/, '')}`,
  );
}

function wrongPattern(error: unknown): unknown {
  if (!(error instanceof InvalidPatternError)) return error;
  return new WrongQuickStartError('CRITICAL_FILE_PATTERNS', error.message, { cause: error });
}
