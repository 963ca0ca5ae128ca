/** An entity, an escaped character or a character: what is never cut in two. */
const unit = /&(?:amp|lt|gt);|\\.|./gsu;

/**
 * Cuts a text into pieces of at most `max` characters, between lines where that is possible, and never inside an entity.
 *
 * @example
 * splitText('ab\ncd\nef', 5); // ['ab\ncd', 'ef']
 */
export function splitText(text: string, max: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const line of text.split('\n').flatMap((whole) => splitLine(whole, max))) {
    const longer = piece === '' ? line : `${piece}\n${line}`;
    if (longer.length <= max) {
      piece = longer;
    } else {
      pieces.push(piece);
      piece = line;
    }
  }
  return [...pieces, piece].filter((part) => part.trim() !== '');
}

function splitLine(line: string, max: number): readonly string[] {
  if (line.length <= max) return [line];
  const parts: string[] = [];
  let part = '';
  for (const [text] of line.matchAll(unit)) {
    if (part.length + text.length > max) {
      parts.push(part);
      part = '';
    }
    part += text;
  }
  return [...parts, part];
}
