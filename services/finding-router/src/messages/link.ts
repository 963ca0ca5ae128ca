/** What would end a link in Slack, Markdown or wiki markup, and what no URL needs unencoded. */
const unsafe = /[^A-Za-z0-9\-._:/?#@$&,+=%]/gu;

/** A URL that is safe inside a link of any channel. Templates print it like a text, but it is not escaped again. */
export class Link {
  readonly href: string;

  private constructor(href: string) {
    this.href = href;
  }

  /**
   * The link, if it is https and at most 2,000 characters long.
   *
   * @example
   * Link.from('https://a.example/x|y>')?.href; // 'https://a.example/x%7Cy%3E'
   */
  static from(text: string | undefined): Link | undefined {
    if (text === undefined || text.length > 2000 || !URL.canParse(text)) return undefined;
    const url = new URL(text);
    if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
    const href = url.href.replace(unsafe, (character) => encoded(character));
    return href.length > 2000 ? undefined : new Link(href);
  }

  toString(): string {
    return this.href;
  }

  toJSON(): string {
    return this.href;
  }
}

/** `encodeURIComponent` leaves some of them as they are. */
function encoded(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
