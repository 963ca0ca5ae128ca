import { escapeText } from '@riposte/findings';

/** Markup that is safe to put into a page. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What a template takes: everything but `Html` is text, whatever it holds. */
export type Part = Html | string | number | false | undefined | readonly Part[];

/**
 * Markup with text in it. Text appears as it is, never as markup; control characters and characters that change the direction of text
 * appear as `\u{…}`. Attributes are to be written in double quotes.
 *
 * @example
 * html`<p title="${title}">${title}</p>`.markup;
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = strings.map(
    (string, at) => string + (at < parts.length ? markupOf(parts[at]) : ''),
  );
  return new Html(markup.join(''));
}

/** Somebody else's text, at most so many characters of it. */
export function short(text: string, max = 160): string {
  return escapeText(text, max);
}

function markupOf(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'string' || typeof part === 'number') return escapeMarkup(String(part));
  return part.map(markupOf).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escapeMarkup(text: string): string {
  return escapeText(text, text.length * 8).replace(/[&<>"'`]/g, (found) => entities[found] ?? '');
}
