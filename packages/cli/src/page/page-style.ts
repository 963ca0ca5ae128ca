/** The style sheet of the page. Colours have a contrast of at least 4.5:1 with what they stand on, in light and in dark. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f8; --card: #ffffff; --text: #1d2126; --quiet: #57606a; --line: #dfe3e8; --soft: #eef1f4;
  --accent: #0b5cad; --critical: #a3123a; --high: #b3400a; --medium: #7c5c00; --low: #1f6b45; --informational: #57606a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121518; --card: #1a1e22; --text: #e4e7ea; --quiet: #a3acb5; --line: #2e353c; --soft: #23292f;
    --accent: #7fb8ff; --critical: #ff8fa6; --high: #ffad7a; --medium: #ecca63; --low: #7ed3a2; --informational: #a3acb5;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere;
}
main, header { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.5rem; }
main { padding-bottom: 4rem; }
h1 { font-size: 1.75rem; line-height: 1.25; font-weight: 650; margin: .25rem 0 1rem; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 1.125rem; font-weight: 650; margin: 0; }
.count { color: var(--quiet); font-weight: 400; }
h3 { font-size: .95rem; font-weight: 600; margin: 1.5rem 0 .5rem; }
p { margin: 0; }
.over, .quiet { color: var(--quiet); }
.over { font-size: .8125rem; letter-spacing: .04em; }
.small, .small td { font-size: .8125rem; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; margin: 0; font-size: .875rem; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem; list-style: none; padding: 0; margin: 1.75rem 0; }
.tiles a {
  display: block; height: 100%; padding: .875rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card);
  color: inherit; text-decoration: none;
}
.tiles a:hover { border-color: var(--accent); }
.tiles strong { display: block; font-size: 1.625rem; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; }
.tiles span { display: block; color: var(--quiet); font-size: .8125rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1.25rem 1.5rem; margin-top: 1rem; scroll-margin-top: 1rem; }
section > p { color: var(--quiet); margin-top: .125rem; }
table { width: 100%; border-collapse: collapse; margin-top: .875rem; font-size: .875rem; }
caption { text-align: left; color: var(--quiet); font-size: .8125rem; padding-bottom: .375rem; }
caption.unseen, .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th { text-align: left; font-weight: 500; color: var(--quiet); font-size: .8125rem; padding: .375rem 1.25rem .375rem 0; border-bottom: 1px solid var(--line); vertical-align: bottom; white-space: nowrap; }
td { padding: .625rem 1.25rem .625rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child > td { border-bottom: 0; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.number { text-align: right; }
.wide { width: 45%; }
code { font: .8125rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.name { font-weight: 550; }
.mark { font-size: .75rem; color: var(--quiet); border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3125rem; margin-left: .375rem; font-weight: 400; white-space: nowrap; }
.severities { display: flex; flex-wrap: wrap; gap: .125rem .75rem; list-style: none; margin: 0; padding: 0; font-size: .8125rem; font-variant-numeric: tabular-nums; }
.severity { white-space: nowrap; }
.severity::before { content: ""; display: inline-block; width: .5rem; height: .5rem; border-radius: .125rem; background: currentColor; margin-right: .375rem; }
.critical { color: var(--critical); fill: var(--critical); }
.high { color: var(--high); fill: var(--high); }
.medium { color: var(--medium); fill: var(--medium); }
.low { color: var(--low); fill: var(--low); }
.informational { color: var(--informational); fill: var(--informational); }
.bar { display: block; width: 100%; height: .375rem; margin: .4375rem 0 .25rem; background: var(--soft); border-radius: .1875rem; }
.changes { list-style: none; margin: 0; padding: 0; }
.changes li + li { margin-top: .25rem; }
.arrow { color: var(--quiet); padding: 0 .25rem; }
.was { color: var(--quiet); }
details { margin-top: .375rem; }
summary { cursor: pointer; color: var(--accent); font-size: .8125rem; width: max-content; max-width: 100%; }
.examples { list-style: none; margin: .375rem 0 .25rem; padding: 0 0 0 .75rem; border-left: 2px solid var(--line); font-size: .8125rem; }
.examples li + li { margin-top: .375rem; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin-top: .875rem; }
.tools[hidden] { display: none; }
.tools input, .tools select {
  font: inherit; font-size: .875rem; color: inherit; background: var(--card); border: 1px solid var(--quiet); border-radius: .375rem; padding: .3125rem .5rem;
}
.tools input { flex: 1 1 14rem; min-width: 0; max-width: 24rem; }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit; }
th button:hover { color: var(--text); }
th[aria-sort] button::after { content: " \\2191"; }
th[aria-sort="descending"] button::after { content: " \\2193"; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
footer { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem 3rem; color: var(--quiet); font-size: .8125rem; }
@media (max-width: 44rem) {
  main, header, footer { padding-left: 1rem; padding-right: 1rem; }
  header { padding-top: 1.5rem; }
  h1 { font-size: 1.375rem; }
  section { padding: 1rem; }
  .facts { grid-template-columns: 1fr; }
  .facts dd + dt { margin-top: .375rem; }
  .tiles { grid-template-columns: 1fr 1fr; gap: .5rem; }
  .tiles a { padding: .625rem .75rem; }
  .tiles strong { font-size: 1.25rem; }
  table, tbody, tr, td, caption { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: .75rem 0; border-bottom: 1px solid var(--line); }
  tbody tr:last-child { border-bottom: 0; }
  td { border: 0; padding: .125rem 0; }
  td[data-label] { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .5rem; }
  td[data-label]::before { content: attr(data-label); color: var(--quiet); font-size: .8125rem; }
  .number { text-align: left; white-space: normal; }
}
@media print { .tools { display: none; } section { break-inside: auto; } }
`;
