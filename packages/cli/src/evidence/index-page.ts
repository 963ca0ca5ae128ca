import { createHash } from 'node:crypto';
import { count, counted } from '../format/numbers.ts';
import { Html, html, short } from '../rules/page/html.ts';
import { pageScript } from '../rules/page/page-script.ts';
import { pageStyle } from '../rules/page/page-style.ts';
import type { EvidenceIndex, EvidenceRow } from './evidence-rows.ts';

/**
 * The index as one page that needs nothing else: no request leaves it, and its policy lets no script and no style in but its own. It is
 * complete without its script, which filters and sorts.
 */
export function indexPage(index: EvidenceIndex): string {
  const { rows, newest, problems } = index;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Riposte: index of evidence, ${index.at.slice(0, 10)}</title>
<style>${new Html(pageStyle)}</style>
</head>
<body>
<header>
<p class="over">Riposte · index of evidence</p>
<h1>${counted(rows.length, 'piece')} of evidence</h1>
<dl class="facts">
<dt>Bucket</dt><dd><code>${index.bucket}</code></dd>
<dt>Since</dt><dd>${index.since}</dd>
<dt>Read</dt><dd>${index.at}</dd>
${newest && html`<dt>Newest manifest</dt><dd>${newest.sequence}, sha256 <code>${newest.sha256}</code></dd>`}
<dt>Chain</dt><dd>${problems.length === 0 ? 'unbroken' : `broken: ${counted(problems.length, 'problem')}`}</dd>
</dl>
</header>
<main>
${problems.length > 0 && problemsSection(index)}
${frameworksSection(rows)}
${rowsSection(rows)}
</main>
<footer><p>Rows come from the manifests. Whether the objects are what they were, riposte evidence verify says.</p></footer>
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

function problemsSection({ problems }: EvidenceIndex): Html {
  const items = problems.map(
    ({ key, said }) => html`<li><code>${short(key, 300)}</code> ${short(said, 300)}</li>`,
  );
  return html`<section id="problems"><h2>What is wrong with the manifests</h2><ul class="examples">${items}</ul></section>`;
}

/** How much evidence there is of each requirement. */
function frameworksSection(rows: readonly EvidenceRow[]): Html {
  const counts = new Map<string, number>();
  for (const name of rows.flatMap(({ frameworks }) =>
    frameworks.map((text) => text.split(':')[0] ?? ''),
  )) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const lines = [...counts].sort(([one], [other]) => one.localeCompare(other));
  if (lines.length === 0) return html``;
  const body = lines.map(
    ([name, findings]) =>
      html`<tr><td data-label="Framework">${short(name)}</td><td class="number" data-label="Findings">${count(findings)}</td></tr>`,
  );
  return html`<section id="frameworks"><h2>Frameworks</h2>
<table data-sort><caption class="unseen">Findings by framework</caption><thead><tr><th scope="col">Framework</th><th scope="col" class="number">Findings</th></tr></thead><tbody>${body}</tbody></table></section>`;
}

const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];

function rowsSection(rows: readonly EvidenceRow[]): Html {
  const headings = [
    'Received (UTC)',
    'Severity',
    'Control',
    'Finding',
    'Resource',
    'Shows',
    'Object',
  ];
  const options = severities.map((severity) => html`<option>${severity}</option>`);
  return html`<section id="evidence"><h2>Evidence <span class="count">${count(rows.length)}</span></h2>
<div class="tools" data-for="rows" hidden>
<label class="unseen" for="words">Filter</label><input id="words" type="search" placeholder="Filter by any word" autocomplete="off">
<label class="unseen" for="severity">Severity</label><select id="severity"><option value="">Any severity</option>${options}</select>
<output class="quiet small"></output>
</div>
<table id="rows" data-sort><caption class="unseen">Evidence objects</caption>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows.map(rowOf)}</tbody></table></section>`;
}

/** A cell has one child: narrow screens lay it out as its label and that. */
function rowOf(row: EvidenceRow): Html {
  const severity = severities.includes(row.severity) ? row.severity : '';
  return html`<tr data-severity="${severity}">
<td data-label="Received">${short(row.observedAt, 40).slice(0, 19).replace('T', ' ')}</td>
<td data-label="Severity"><span class="severity ${severity.toLowerCase()}">${short(row.severity, 20)}</span></td>
<td data-label="Control">${short(row.control ?? '', 40)}</td>
<td data-label="Finding"><div>${short(row.title)}<br><code class="quiet">${short(row.findingId, 200)}</code></div></td>
<td data-label="Resource"><div><code>${short(row.resource, 200)}</code><br><span class="quiet small">${short(row.accountId, 12)} ${short(row.region, 20)}</span></div></td>
<td data-label="Shows"><div>${row.frameworks.map((text) => html`<span class="small">${short(text, 300)}</span><br>`)}<span class="quiet small">by rule ${short(row.rule, 100)}</span></div></td>
<td data-label="Object"><div><details><summary>manifest ${row.manifest}</summary><code>${short(row.key, 300)}</code><br><span class="small">version ${short(row.versionId ?? 'not known', 100)}, ${count(row.bytes)} bytes, sha256</span> <code>${row.sha256}</code></details></div></td>
</tr>
`;
}
