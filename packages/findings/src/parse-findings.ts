import { MalformedFindingError, UnknownEventError } from './errors.ts';
import type { Finding } from './finding.ts';
import { parseEvent } from './parse-event.ts';
import { parseFinding } from './parse-finding.ts';
import { isObject, within } from './read.ts';

/**
 * Reads every finding of a document, whatever holds them: one finding, a list, an answer or request of Security Hub or GuardDuty
 * (`{ Findings: [...] }`), an event. Formats may be mixed.
 *
 * @throws MalformedFindingError with the path from the document's root, e.g. `Findings.3.Resources.0.Id`.
 * @throws MalformedEventError, UnknownEventError when the document is an event: see `parseEvent`.
 * @example
 * const findings = parseFindings(JSON.parse(file));
 */
export function parseFindings(input: unknown): readonly Finding[] {
  if (Array.isArray(input)) return listed(input);
  if (!isObject(input)) throw new MalformedFindingError('(root)');
  const has = (key: string) => Object.hasOwn(input, key);
  if (has('detail-type') || (has('source') && has('detail'))) return findingsOfEvent(input);
  for (const key of ['Findings', 'findings']) {
    if (!has(key)) continue;
    const held = input[key];
    if (!Array.isArray(held)) throw new MalformedFindingError(key);
    return within(key, () => listed(held));
  }
  return [parseFinding(input)];
}

function listed(items: readonly unknown[]): readonly Finding[] {
  return items.map((item, index) => within(String(index), () => parseFinding(item)));
}

function findingsOfEvent(input: unknown): readonly Finding[] {
  const event = parseEvent(input);
  if ('findings' in event) return event.findings;
  throw new UnknownEventError(event.envelope.source, event.envelope.detailType);
}
