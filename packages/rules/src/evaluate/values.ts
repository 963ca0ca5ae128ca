/** More than so many are let go of when the next finding is read. */
const kept = 256;

/** Takes the values of a field, one after the other. */
export interface Taker<T> {
  add(value: T): void;
}

/** What one field of the finding at hand says. It is filled anew for each finding, and keeps its room. */
export class Values<T> implements Taker<T> {
  readonly items: T[] = [];
  count = 0;

  clear(): void {
    this.count = 0;
    if (this.items.length > kept) this.items.length = 0;
  }

  add(value: T): void {
    this.items[this.count] = value;
    this.count += 1;
  }
}
