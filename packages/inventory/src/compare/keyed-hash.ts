import { randomBytes } from 'node:crypto';

const usualSize = 65_536;

/**
 * HalfSipHash-1-3 with 64 bits, under a key of its own that nobody knows: names are chosen by whoever writes files, and must not be able
 * to be chosen so that they fall together. Bytes are written into `bytes` first.
 *
 * @see https://github.com/veorq/SipHash
 */
export class KeyedHash {
  /** What is hashed, from 0. */
  bytes = new Uint8Array(usualSize);
  /** The two halves of the last hash. */
  low = 0;
  high = 0;
  #words = new Int32Array(this.bytes.buffer);
  readonly #key: Int32Array;

  /** @param key given in tests alone. */
  constructor(key: Int32Array = randomKey()) {
    this.#key = key;
  }

  /** Hashes a copy of bytes from elsewhere. */
  ofCopy(bytes: Uint8Array): void {
    if (bytes.length + 4 > this.bytes.length) {
      this.bytes = new Uint8Array(2 ** Math.ceil(Math.log2(bytes.length + 4)));
      this.#words = new Int32Array(this.bytes.buffer);
    }
    this.bytes.set(bytes);
    this.of(bytes.length);
  }

  /** Hashes the first of `bytes`; at least four more have to have room behind them. */
  of(length: number): void {
    const words = this.#words;
    const whole = length >>> 2;
    const first = this.#key[0] ?? 0;
    const second = this.#key[1] ?? 0;
    let v0 = first;
    let v1 = second ^ 0xee;
    let v2 = 0x6c796765 ^ first;
    let v3 = 0x74656462 ^ second;
    for (let next = length; next < length + 4; next++) this.bytes[next] = 0;
    // The last word is what is left, and the length.
    for (let index = 0; index <= whole + 6; index++) {
      let word = 0;
      if (index < whole) word = words[index] ?? 0;
      else if (index === whole) word = (words[index] ?? 0) | (length << 24);
      else if (index === whole + 1) v2 ^= 0xee;
      else if (index === whole + 4) {
        this.low = v1 ^ v3;
        v1 ^= 0xdd;
      }
      v3 ^= word;
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
      v0 ^= word;
    }
    this.high = v1 ^ v3;
  }
}

function randomKey(): Int32Array {
  return Int32Array.from({ length: 2 }, () => randomBytes(4).readInt32LE());
}
