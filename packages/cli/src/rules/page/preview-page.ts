import { createHash } from 'node:crypto';
import { durationInWords } from '../../format/duration.ts';
import { count, counted } from '../../format/numbers.ts';
import { previewFacts } from '../preview/preview-facts.ts';
import type { PreviewReport } from '../preview/preview-report.ts';
import { Html, html, short } from './html.ts';
import { silentSection, unmatchedSection, unreadableSection } from './page-rest.ts';
import { pageScript } from './page-script.ts';
import { actionsSection, changesSection, matchesSection, toldSection } from './page-sections.ts';
import { pageStyle } from './page-style.ts';

/**
 * A preview as one page that needs nothing else: no request leaves it, and its policy lets no script and no style in but its own. It is
 * complete without its script, which filters and sorts.
 */
export function previewPage(report: PreviewReport): string {
  const { timings } = report;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Riposte: preview of rules, ${report.at.slice(0, 10)}</title>
<style>${new Html(pageStyle)}</style>
</head>
<body>
<header>
<p class="over">Riposte · preview of rules · nothing was done</p>
<h1>${headline(report)}</h1>
<dl class="facts">${previewFacts(report).map(({ name, text }) => html`<dt>${name}</dt><dd>${short(text, 400)}</dd>`)}</dl>
</header>
<main>
${tiles(report)}
${matchesSection(report)}
${changesSection(report)}
${report.told.length > 0 ? toldSection(report) : undefined}
${report.actions.length > 0 ? actionsSection(report) : undefined}
${unmatchedSection(report)}
${silentSection(report)}
${unreadableSection(report)}
</main>
<footer><p>Read in ${durationInWords(timings.read)}, evaluated in ${durationInWords(timings.evaluate)}.</p></footer>
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

function headline({ matches, rules, findings, unmatched }: PreviewReport): string {
  const matched = findings.total - unmatched.total;
  return `${count(matches.length)} of ${counted(rules.rules, 'rule')} match ${count(matched)} of ${counted(findings.total, 'finding')}`;
}

function tiles({ changes, told, actions, unmatched, unreadable }: PreviewReport): Html {
  const sum = (counts: readonly { readonly findings: number }[]) =>
    counts.reduce((total, { findings }) => total + findings, 0);
  const all = [
    { to: 'changes', value: changes.total, text: 'findings would change' },
    {
      to: 'told',
      value: sum(told),
      text: `notices to ${counted(told.length, 'channel')}, before grouping`,
    },
    { to: 'actions', value: sum(actions), text: `runs of ${counted(actions.length, 'action')}` },
    { to: 'unmatched', value: unmatched.total, text: 'findings match no rule' },
    { to: 'unreadable', value: unreadable.total, text: 'documents could not be read' },
  ].filter(({ to, value }) => value > 0 || to === 'changes' || to === 'unmatched');
  const items = all.map(
    ({ to, value, text }) =>
      html`<li><a href="#${to}"><strong>${count(value)}</strong><span>${text}</span></a></li>`,
  );
  return html`<nav aria-label="Parts of this page"><ul class="tiles">${items}</ul></nav>`;
}
