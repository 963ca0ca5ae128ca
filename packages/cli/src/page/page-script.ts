/**
 * The script of the page: a filter over the findings listed, and headings that sort. Without it everything is there, unsorted. It reads and
 * moves what the page holds, and makes no markup of it.
 */
export const pageScript = `
'use strict';
for (const tools of document.querySelectorAll('.tools')) {
  const [words, severity] = tools.querySelectorAll('input, select');
  const shown = tools.querySelector('output');
  const rows = [...document.getElementById(tools.dataset.for).tBodies[0].rows];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, at) => {
      const fits = (!severity.value || row.dataset.severity === severity.value)
        && wanted.every((word) => texts[at].includes(word));
      row.hidden = !fits;
      if (fits) count += 1;
    });
    shown.textContent = count === rows.length ? '' : count + ' of ' + rows.length + ' shown';
  };
  words.addEventListener('input', filter);
  severity.addEventListener('input', filter);
  tools.hidden = false;
  filter();
}
for (const table of document.querySelectorAll('table[data-sort]')) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
    const isNumber = heading.classList.contains('number');
    const valueOf = (row) => {
      const cell = row.cells[column];
      const text = cell.dataset.value ?? cell.textContent.trim();
      return isNumber ? Number(text.replaceAll(',', '')) : text;
    };
    button.addEventListener('click', () => {
      const before = heading.getAttribute('aria-sort');
      const falls = before ? before === 'ascending' : isNumber;
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', falls ? 'descending' : 'ascending');
      const compare = (a, b) => (isNumber ? a - b : a.localeCompare(b, 'en', { numeric: true }));
      const rows = [...table.tBodies[0].rows].map((row) => [valueOf(row), row]);
      rows.sort(([a], [b]) => (falls ? compare(b, a) : compare(a, b)));
      table.tBodies[0].append(...rows.map(([, row]) => row));
    });
  });
}
`;
