import { field } from '@riposte/findings';

/** A path leads to at most so many different texts; a label is no place for more. */
const mostTexts = 10;

/**
 * The texts, numbers and truth values at a dotted path of a document, in the order of the document; lists fan out, and a number picks one element.
 * Only members of the document's own count.
 *
 * @example
 * textsAt(finding.raw, 'Resources.Type'); // ['AwsS3Bucket']
 */
export function textsAt(document: unknown, path: string): readonly string[] {
  const found = new Set<string>();
  collect(document, path.split('.'), found);
  return [...found];
}

function collect(value: unknown, path: readonly string[], found: Set<string>): void {
  if (found.size >= mostTexts) return;
  const [name, ...rest] = path;
  if (Array.isArray(value))
    for (const [element, left] of elementsOf(value, path)) collect(element, left, found);
  else if (name === undefined) add(value, found);
  else collect(field(value, name), rest, found);
}

function elementsOf(
  list: readonly unknown[],
  path: readonly string[],
): readonly (readonly [unknown, readonly string[]])[] {
  const [name, ...rest] = path;
  if (name !== undefined && /^\d{1,6}$/.test(name)) return [[list[Number(name)], rest]];
  return list.map((element) => [element, path] as const);
}

function add(value: unknown, found: Set<string>): void {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    found.add(String(value));
}
