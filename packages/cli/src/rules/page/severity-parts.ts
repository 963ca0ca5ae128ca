import { count } from '../../format/numbers.ts';
import { type Html, html, short } from '../../page/html.ts';
import type { BySeverity, FindingSummary } from '../preview/preview-report.ts';

/** Counts by severity, in words and colour. */
export function severityList(bySeverity: BySeverity): Html {
  const items = Object.entries(bySeverity).map(
    ([severity, findings]) =>
      html`<li class="severity ${severity.toLowerCase()}">${count(findings)} ${severity.toLowerCase()}</li>`,
  );
  return html`<ul class="severities">${items}</ul>`;
}

/** How much of the most a count is, in the colours of its severities; decoration beside the number itself. */
export function severityBar(bySeverity: BySeverity, most: number): Html {
  let from = 0;
  const parts = Object.entries(bySeverity).map(([severity, findings]) => {
    const width = Math.round((findings / Math.max(most, 1)) * 1000) / 10;
    const part = html`<rect class="${severity.toLowerCase()}" x="${from}" y="0" width="${width}" height="4"/>`;
    from = Math.round((from + width) * 10) / 10;
    return part;
  });
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">${parts}</svg>`;
}

/** A finding in two lines: what, and where. */
export function findingLines(finding: FindingSummary): Html {
  const { title, id, severity, accountId, region, resource, control } = finding;
  const where = [accountId, region, short(resource, 200)].filter((text) => text !== '');
  const what = short(title === '' ? id : title);
  return html`<span class="severity ${severity.toLowerCase()}" title="${severity.toLowerCase()}">${severity.toLowerCase()}</span> ${what}${control && html`<span class="mark">${short(control, 40)}</span>`}<br><span class="quiet small">${where.join(' · ')}</span>`;
}
