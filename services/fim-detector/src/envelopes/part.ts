import { field, MalformedEventError } from '@riposte/findings';

/** A part of a message, and where it stands: what is wrong with it is told with its path. Anybody's until it is read: own members only. */
export class Part {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path = '') {
    this.value = value;
    this.path = path;
  }

  member(name: string): Part {
    return new Part(field(this.value, name), this.#below(name));
  }

  has(name: string): boolean {
    return field(this.value, name) !== undefined;
  }

  /** @throws MalformedEventError where it is no text, or an empty one. */
  text(): string {
    return this.textOrNone() ?? this.fail();
  }

  textOrNone(): string | undefined {
    return typeof this.value === 'string' && this.value !== '' ? this.value : undefined;
  }

  /** @throws MalformedEventError where it is no list, or an empty one. */
  items(): readonly Part[] {
    if (!Array.isArray(this.value) || this.value.length === 0) return this.fail();
    return this.value.map((item: unknown, index) => new Part(item, this.#below(String(index))));
  }

  /**
   * What the text says as JSON.
   *
   * @throws MalformedEventError where it is no JSON.
   */
  json(): Part {
    const text = this.text();
    try {
      return new Part(JSON.parse(text), this.path);
    } catch (cause) {
      throw new MalformedEventError(this.path || '(root)', { cause });
    }
  }

  /** @throws MalformedEventError naming this part. */
  fail(cause?: unknown): never {
    throw new MalformedEventError(this.path || '(root)', { cause });
  }

  #fail(): never {
    return this.fail();
  }

  #below(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }
}
