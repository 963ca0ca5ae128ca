const wordCharacter = /[\p{L}\p{N}_]/u;

/** True where the words stand in the text with no letter, digit or underscore before or after them. Case counts. */
export function containsWord(text: string, words: string): boolean {
  if (words === '') return false;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (!isWordBefore(text, at) && !isWordAt(text, at + words.length)) return true;
  }
  return false;
}

function isWordBefore(text: string, at: number): boolean {
  const isPair = at > 1 && isLowSurrogate(text.charCodeAt(at - 1));
  return isWordAt(text, isPair ? at - 2 : at - 1);
}

function isWordAt(text: string, at: number): boolean {
  const point = at < 0 ? undefined : text.codePointAt(at);
  return point !== undefined && wordCharacter.test(String.fromCodePoint(point));
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
