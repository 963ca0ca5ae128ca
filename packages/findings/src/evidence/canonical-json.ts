import { FindingError } from '../errors.ts';

/** The value has no canonical form: JSON cannot say it. */
export class NotCanonicalError extends FindingError {
  override readonly name = 'NotCanonicalError';

  constructor(what: string) {
    super(`${what} has no canonical form`);
  }
}

/**
 * The one text that a JSON value has in the JSON Canonicalization Scheme: no white space, members in the order of their names' UTF-16 units,
 * numbers and texts as ECMAScript writes them. Whoever parses the text and writes it again gets the same bytes, so that its digest can be
 * worked out by anybody. Members that are undefined are left out, as `JSON.stringify` does.
 *
 * One difference: half of a surrogate pair, which RFC 8785 refuses, is written as `\udxxx`. It can be in a text that an attacker wrote, and
 * must not keep evidence from being stored. Works without recursion, so that no depth is too deep.
 *
 * @throws NotCanonicalError for what JSON cannot say: NaN, infinite numbers, functions, symbols, big integers.
 * @see https://www.rfc-editor.org/rfc/rfc8785
 * @example
 * canonicalJson({ b: 1e3, a: [true, null] }); // '{"a":[true,null],"b":1000}'
 */
export function canonicalJson(value: unknown): string {
  const out: string[] = [];
  /** What is still to be written, last one first; texts are written as they are. */
  const rest: Step[] = [{ value }];
  for (let step = rest.pop(); step; step = rest.pop()) {
    if ('text' in step) out.push(step.text);
    else if (typeof step.value !== 'object' || step.value === null) out.push(scalar(step.value));
    // One by one: as many arguments as a long list has items would not fit the stack.
    else for (const part of partsOf(step.value)) rest.push(part);
  }
  return out.join('');
}

type Step = { readonly text: string } | { readonly value: unknown };

function partsOf(value: object): readonly Step[] {
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const members = Array.isArray(value) ? value.map((item) => [{ value: item }]) : membersOf(value);
  const separated = members.flatMap((steps, index) =>
    index === 0 ? steps : [{ text: ',' }, ...steps],
  );
  return [{ text: open ?? '' }, ...separated, { text: close ?? '' }].reverse();
}

function membersOf(value: object): readonly (readonly Step[])[] {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => [{ text: `${JSON.stringify(name)}:` }, { value: member }]);
}

function scalar(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new NotCanonicalError(`${value}`);
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
    return JSON.stringify(value);
  }
  throw new NotCanonicalError(typeof value);
}
