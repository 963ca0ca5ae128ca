import type { Matcher } from '@riposte/rules';
import { InvalidOptionError } from '../errors.ts';

const operators: Readonly<Record<string, Matcher['op']>> = {
  '=': '=',
  '!=': '!=',
  '=~': '=~',
  '!~': '!~',
};

/**
 * Reads a matcher as Alertmanager writes one: `label=value`, `label!=value`, `label=~regex`, `label!~regex`. The value may be empty, and may be in
 * double quotes.
 *
 * @throws InvalidOptionError
 * @example
 * parseMatcher('severity=~LOW|MEDIUM'); // { label: 'severity', op: '=~', value: 'LOW|MEDIUM' }
 */
export function parseMatcher(text: string): Matcher {
  const [, label = '', sign = '', value = ''] =
    /^\s*([A-Za-z_][\w.:/-]*)\s*(=~|!~|!=|=)\s*(.*)$/s.exec(text) ?? [];
  const op = operators[sign];
  if (op !== undefined) return { label, op, value: unquoted(value.trim()) };
  const remedy = "write e.g. account=123456789012, severity!=CRITICAL, control=~'S3\\..*'";
  throw new InvalidOptionError('matcher', `${JSON.stringify(text)} is none`, remedy);
}

function unquoted(value: string): string {
  return /^"(.*)"$/s.exec(value)?.[1] ?? value;
}
