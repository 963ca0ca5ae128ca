/**
 * Compiles a pattern of `*` (any text) and `?` (any one UTF-16 unit) that has to fit the whole text. It never backtracks over a `*`:
 * each part between two of them is taken where it first fits, so that time grows with the length of the text, not with what it holds.
 *
 * @example
 * compileGlob('arn:*:iam::*:role/admin-?')('arn:aws:iam::111122223333:role/admin-1'); // true
 */
export function compileGlob(pattern: string): (text: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text.length === first.length && fitsAt(text, first, 0);
  const least = first.length + last.length;
  return (text) => {
    if (text.length < least || !fitsAt(text, first, 0)) return false;
    const end = text.length - last.length;
    if (!fitsAt(text, last, end)) return false;
    let from = first.length;
    for (const part of rest) {
      const at = indexOfPart(text, part, from, end);
      if (at < 0) return false;
      from = at + part.length;
    }
    return true;
  };
}

function indexOfPart(text: string, part: string, from: number, end: number): number {
  if (!part.includes('?')) {
    const at = text.indexOf(part, from);
    return at + part.length <= end ? at : -1;
  }
  for (let at = from; at + part.length <= end; at++) if (fitsAt(text, part, at)) return at;
  return -1;
}

const anyUnit = 0x3f;

function fitsAt(text: string, part: string, at: number): boolean {
  for (let index = 0; index < part.length; index++) {
    const wanted = part.charCodeAt(index);
    if (wanted !== anyUnit && wanted !== text.charCodeAt(at + index)) return false;
  }
  return true;
}
