import { durationInWords } from '../../format/duration.ts';
import { count, counted } from '../../format/numbers.ts';
import { type Html, html, short } from '../../page/html.ts';
import { page } from '../../page/page-frame.ts';
import { previewFacts } from '../preview/preview-facts.ts';
import type { PreviewReport } from '../preview/preview-report.ts';
import { silentSection, unmatchedSection, unreadableSection } from './page-rest.ts';
import { actionsSection, changesSection, matchesSection, toldSection } from './page-sections.ts';

/** A preview as one page that needs nothing else. */
export function previewPage(report: PreviewReport): string {
  const { at, timings, told, actions } = report;
  return page({
    name: 'preview of rules',
    at,
    over: 'Riposte · preview of rules · nothing was done',
    heading: headline(report),
    facts: previewFacts(report).map(({ name, text }) => [name, short(text, 400)]),
    main: [
      tiles(report),
      matchesSection(report),
      changesSection(report),
      told.length > 0 && toldSection(report),
      actions.length > 0 && actionsSection(report),
      unmatchedSection(report),
      silentSection(report),
      unreadableSection(report),
    ],
    footer: `Read in ${durationInWords(timings.read)}, evaluated in ${durationInWords(timings.evaluate)}.`,
  });
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
