import { LineScan } from '../snapshot/line-scan.ts';
import type { Comparison } from './comparison.ts';
import type { FingerprintSet } from './fingerprint-set.ts';
import type { LineHash } from './line-hash.ts';
import { isSameAsNext, sayTheSame } from './same-line.ts';
import { stepsApart } from './steps-apart.ts';
import { type SideName, Things } from './things.ts';

/** So many bytes of each side are at hand while lines are compared, unless it ends: a few hundred lines to look ahead. */
const ahead = 131_072;

/** What may be left over until the comparison is given up: that lines are shuffled is found out sooner than what they say. */
const mostLost = 16;
const mostUnmatched = 16_384;
const fewUnmatched = 1_024;
const unmatchedPart = 1 / 16;

/** The things that lines before speak of, by the hashes of their identities. */
export interface Noted {
  readonly hash: LineHash;
  readonly entries: FingerprintSet;
  /** Of lines that cannot be read. */
  readonly unreadable: FingerprintSet;
}

/** Passes equal lines of two inventories side by side, and keeps all others. */
export class OrderedMerge {
  readonly before: LineScan;
  readonly after: LineScan;
  /** Entries before whose thing had been spoken of. */
  repeated = 0;
  readonly #things = new Things();
  readonly #noted: Noted;
  #unmatched = 0;
  /** How often no line was the same as one of the other side, as far as was looked. */
  #lost = 0;

  /** @param noted takes what all lines before speak of. */
  constructor({ before, after, type }: Comparison, noted: Noted) {
    this.#noted = noted;
    this.before = new LineScan(before, type);
    this.after = new LineScan(after, type);
  }

  /** @returns what is left over; undefined: too much, it was given up. */
  async run(): Promise<Things | undefined> {
    const { before, after } = this;
    try {
      for (;;) {
        await Promise.all([refill(before), refill(after)]);
        while (hasLines(before) && hasLines(after) && !this.#isTooMuch()) this.#compareNext();
        if (isDone(before)) this.#dropRest('after');
        else if (isDone(after)) this.#dropRest('before');
        if (this.#isTooMuch()) return undefined;
        if (isDone(before) && isDone(after)) return this.#things;
      }
    } finally {
      await Promise.all([before.window.close(), after.window.close()]);
    }
  }

  #compareNext(): void {
    const { before, after } = this;
    after.passBlank();
    if (after.window.from >= after.window.to || !before.take()) return;
    if (before.shape && isSameAsNext(before, after)) {
      before.count();
      this.#note();
      after.countSame(before);
    } else if (after.take()) this.#compareLines();
  }

  /** Two lines of which one has no known shape, or that are not the same. */
  #compareLines(): void {
    const { before, after } = this;
    if (sayTheSame(before.line(), after.line())) {
      before.count();
      after.count();
      this.#note();
    } else {
      after.back();
      this.#resync();
    }
  }

  #resync(): void {
    this.before.back();
    const steps = stepsApart(this.before, this.after);
    if (!steps) this.#lost++;
    for (let step = steps?.before ?? 1; step > 0; step--) this.#drop('before');
    for (let step = steps?.after ?? 1; step > 0; step--) this.#drop('after');
  }

  #dropRest(side: SideName): void {
    while (this.#drop(side) && !this.#isTooMuch());
  }

  #drop(side: SideName): boolean {
    const scan = this[side];
    if (!scan.take()) return false;
    this.#unmatched++;
    this.#things.add(side, scan.parse(), scan.line());
    scan.count();
    if (side === 'before') this.#note();
    return true;
  }

  /** Remembers which thing the line before speaks of. */
  #note(): void {
    const { before } = this;
    const { hash, entries, unreadable } = this.#noted;
    if (!hash.ofIdentity(before)) return;
    const { low, high } = hash.hash;
    if (before.parsed && !before.parsed.entry) unreadable.add(low, high);
    else if (!entries.add(low, high)) this.repeated++;
  }

  #isTooMuch(): boolean {
    const passed = this.before.number + this.after.number;
    const most = Math.min(mostUnmatched, fewUnmatched + passed * unmatchedPart);
    return this.#lost > mostLost || this.#unmatched > most;
  }
}

function isDone({ window }: LineScan): boolean {
  return window.isLast && window.from >= window.to;
}

function hasLines({ window }: LineScan): boolean {
  const held = window.to - window.from;
  return held >= ahead || (window.isLast && held > 0);
}

async function refill({ window }: LineScan): Promise<void> {
  if (!window.isLast && window.to - window.from < ahead) await window.more();
}
