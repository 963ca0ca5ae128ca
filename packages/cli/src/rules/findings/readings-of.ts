import { FindingError, parseFinding, parseFindings } from '@riposte/findings';
import type { Reading } from './finding-source.ts';
import type { JsonText } from './scan-values.ts';

/** Findings of one document of a file: each for itself, so that a wrong one takes none with it. */
export function readingsOf({ text, line }: JsonText): readonly Reading[] {
  const place = `line ${line}`;
  try {
    const document: unknown = JSON.parse(text);
    return Array.isArray(document)
      ? document.flatMap((item, index) => inDocument(item, `${place}, ${index}`))
      : inDocument(document, place);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [{ place, problem: 'is not JSON' }];
  }
}

/** Findings of anything that holds some: an answer of Security Hub, an event, a finding itself. */
export function inDocument(document: unknown, place: string): readonly Reading[] {
  for (const path of lists) {
    const held = path.reduce(memberOf, document);
    if (!Array.isArray(held)) continue;
    const where = `${place}${place.includes(',') ? '.' : ', '}${path.join('.')}`;
    return held.flatMap((item, index) => attempt(`${where}.${index}`, () => [parseFinding(item)]));
  }
  return attempt(place, () => parseFindings(document));
}

const lists = [['Findings'], ['findings'], ['detail', 'findings']] as const;

function memberOf(value: unknown, key: string): unknown {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return isObject ? Reflect.get(value, key) : undefined;
}

function attempt(place: string, parse: () => ReturnType<typeof parseFindings>): readonly Reading[] {
  try {
    return parse().map((finding) => ({ finding }));
  } catch (error) {
    if (!(error instanceof FindingError)) throw error;
    return [{ place, problem: error.message }];
  }
}
