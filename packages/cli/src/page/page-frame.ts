import { createHash } from 'node:crypto';
import { Html, html, type Part } from './html.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';

/** What a page consists of. */
export interface PageContent {
  /** In the title of the window, with the day. */
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
  /** Above the heading. */
  readonly over: string;
  readonly heading: string;
  /** What the page is about: terms and their descriptions. */
  readonly facts: readonly (readonly [term: string, description: Part])[];
  readonly main: Part;
  readonly footer: string;
}

/**
 * One page that needs nothing else: no request leaves it, and its policy lets no script and no style in but its own. It is complete without
 * its script, which filters and sorts.
 */
export function page({ name, at, over, heading, facts, main, footer }: PageContent): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Riposte: ${name}, ${at.slice(0, 10)}</title>
<style>${new Html(pageStyle)}</style>
</head>
<body>
<header>
<p class="over">${over}</p>
<h1>${heading}</h1>
<dl class="facts">${facts.map(([term, description]) => html`<dt>${term}</dt><dd>${description}</dd>`)}</dl>
</header>
<main>
${main}
</main>
<footer><p>${footer}</p></footer>
<script>${new Html(pageScript)}</script>
</body>
</html>
`.markup;
}

const policy = [
  "default-src 'none'",
  `style-src '${hashOf(pageStyle)}'`,
  `script-src '${hashOf(pageScript)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
