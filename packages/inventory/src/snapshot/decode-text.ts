import { isUtf8 } from 'node:buffer';

/**
 * Reads bytes as UTF-8, and what is none without loss: a byte that belongs to no character becomes the private character U+EF00 + byte
 * (U+EF80 to U+EFFF), and so do the bytes of those characters themselves. Two texts are equal only where the bytes are, and every text can
 * be written as UTF-8 again. Escapes of JSON that stand for such characters, or for half a surrogate pair, are written out alike.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3629
 */
export function decodeText(bytes: Uint8Array): string {
  const text = decoded(bytes);
  return needsCare.test(text) ? withoutEscapes(text) : text;
}

/** The bytes of a text that was read by `decodeText`. */
export function encodeText(text: string): Uint8Array {
  if (!privateBytes.test(text)) return Buffer.from(text);
  // Split at private characters, which come alone: each of them is a byte.
  const parts = text.split(/([\uef80-\uefff])/);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 0 ? Buffer.from(part) : byteOf(part))),
  );
}

function byteOf(letter: string): Uint8Array {
  return Uint8Array.of(letter.charCodeAt(0) - 0xef00);
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const privateBytes = /[\uef80-\uefff]/;
const needsCare = /\\u(?:[eE][fF]|[dD][89a-fA-F])/;

function decoded(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) return pieces(bytes);
  const text = utf8.decode(bytes);
  return privateBytes.test(text) ? spelledOut(text) : text;
}

/** Private characters as the bytes that they are written with. */
function spelledOut(text: string): string {
  return text.replace(/[\uef80-\uefff]/g, (letter) => privateText(bytesOf(letter.charCodeAt(0))));
}

/** Of three-byte characters, and of halves of pairs, which UTF-8 has no bytes for. */
function bytesOf(unit: number): readonly number[] {
  return [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)];
}

function privateText(bytes: Iterable<number>): string {
  return String.fromCharCode(...Array.from(bytes, (byte) => 0xef00 + byte));
}

function pieces(bytes: Uint8Array): string {
  let text = '';
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += spelledOut(utf8.decode(bytes.subarray(from, at)));
    text += privateText(bytes.subarray(at, at + 1));
    at += 1;
    from = at;
  }
  return text + spelledOut(utf8.decode(bytes.subarray(from)));
}

/** How many bytes the character has that begins here; 0: none does. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xe0) return isCharacter(bytes, at, 2);
  return isCharacter(bytes, at, first < 0xf0 ? 3 : 4);
}

function isCharacter(bytes: Uint8Array, at: number, length: number): number {
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

/** Escapes of whole pairs stay: they are characters like others. */
function withoutEscapes(text: string): string {
  const escapes =
    /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u([\da-fA-F]{4})|\\./g;
  return text.replace(escapes, (written, hex: string | undefined) => {
    const unit = hex === undefined ? 0 : Number.parseInt(hex, 16);
    const isHalf = unit >= 0xd800 && unit < 0xe000;
    return isHalf || (unit >= 0xef80 && unit < 0xf000) ? privateText(bytesOf(unit)) : written;
  });
}
