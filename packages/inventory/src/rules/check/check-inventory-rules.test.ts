import { describe, expect, it } from '@jest/globals';
import { problemText } from '@riposte/rules/folder';
import fc from 'fast-check';
import { askedName, compileNames } from '../compile-names.ts';
import { loadInventoryRules } from '../folder/load-inventory-rules.ts';
import { checkInventoryRules } from './check-inventory-rules.ts';
import { coversPattern } from './covers.ts';

const now = new Date('2026-11-25T00:00:00Z');
const said = (...rules: readonly string[]) => {
  const text = `rules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`;
  const loaded = loadInventoryRules([{ path: 'a.rules.yaml', text }]);
  expect(loaded.problems).toEqual([]);
  return checkInventoryRules(loaded, { now }).map(problemText);
};
const rule = (id: string, include: string, more = '') =>
  `{ id: ${id}, include: [${include}], ${more === '' ? 'severity: LOW' : more} }`;

describe('what is doubtful in rules', () => {
  it('is nothing where nothing is', () => {
    expect(said(rule('a', '/etc/**'), rule('b', '/srv/**'))).toEqual([]);
  });

  it('is a name that no path has', () => {
    expect(said(rule('a', 'etc/passwd, /a'))).toEqual([
      'a.rules.yaml:2:24 warning rules[0].include[0]: can never match: a path begins with / or with a drive; write **/etc/passwd',
    ]);
    expect(said(rule('a', '{ regex: config.* }'))).toHaveLength(1);
    expect(
      said(
        rule(
          'a',
          "'**/x', 'C:/x', 'C:\\x', '?:/x', '//srv/x', '{/a,/b}', { regex: '.*x' }, { regex: '[A-Z]:.*' }",
        ),
      ),
    ).toEqual([]);
  });

  it('is a name that the rule excludes', () => {
    expect(
      said(rule('a', '/srv/tmp/**, /srv/**', 'exclude: [/srv/tmp/**], severity: LOW')),
    ).toEqual([
      expect.stringContaining('rules[0].include[0]: can never match: exclude names all of it'),
    ]);
  });

  it.each([
    [rule('a', "'**'", 'policy: ignore'), rule('b', '/etc/x')],
    [rule('a', '/etc/**'), rule('b', "'/etc/cron.{d,daily}/*'")],
    [rule('a', '/etc/cron.*/*'), rule('b', '/etc/cron.d/x')],
    [rule('a', 'C:/Windows/**'), rule('b', "'c:\\windows\\system32\\*'")],
    [rule('a', '{ regex: /a.* }'), rule('b', '{ regex: /a.* }')],
  ])('is a rule that an earlier one leaves nothing to', (first, later) => {
    expect(said(first, later)).toEqual([
      expect.stringMatching(
        /^a\.rules\.yaml:3:\d+ warning rules\[1\]: can never match: a, which comes first/,
      ),
    ]);
  });

  it.each([
    [rule('a', '/etc/**', 'severity: LOW, changes: [deleted]'), rule('b', '/etc/x')],
    [rule('a', '/etc/**', 'severity: LOW, exclude: [/etc/x]'), rule('b', '/etc/x')],
    [rule('a', '/etc/**', "severity: LOW, nodes: ['i-1*']"), rule('b', '/etc/x')],
    [rule('a', '/etc/**', 'severity: LOW, tags: { a: b }'), rule('b', '/etc/x')],
    [rule('a', '/etc/**', 'severity: LOW, expires: 2027-01-01'), rule('b', '/etc/x')],
    [rule('a', '/etc/**', 'severity: LOW, attributes: [Size]'), rule('b', '/etc/x')],
    [rule('a', '/etc/*'), rule('b', '/etc/**')],
    [rule('a', '/etc/x/**'), rule('b', '/etc/x*')],
  ])('is none that something is left to', (first, later) => {
    expect(said(first, later)).toEqual([]);
  });

  it('is a rule that has expired, or soon will', () => {
    const ending = (date: string) => said(rule('a', '/a', `policy: ignore, expires: ${date}`));
    expect(ending('2026-11-01')).toEqual([expect.stringContaining('expired on 2026-11-01')]);
    expect(ending('2026-12-01')).toEqual([
      expect.stringContaining('what it holds back comes back'),
    ]);
    expect(ending('2027-12-01')).toEqual([]);
  });

  it('is a window that is over', () => {
    const text = `windows: [{ name: w, start: 2026-01-01T00:00:00Z, end: 2026-01-02T00:00:00Z }]
rules: [{ id: a, include: [/a], severity: LOW, maintenance: { windows: [w] } }]
`;
    const loaded = loadInventoryRules([{ path: 'a.rules.yaml', text }]);
    expect(checkInventoryRules(loaded, { now }).map(problemText)).toEqual([
      'a.rules.yaml:2:73 warning rules[0].maintenance.windows[0]: the window w ended on 2026-01-02T00:00:00Z',
    ]);
  });

  it('is wrong where its type is not compared by an attribute', () => {
    expect(said(rule('a', '/a', 'severity: LOW, attributes: [Sise]'))).toEqual([
      expect.stringMatching(
        /error rules\[0\]\.attributes\[0\]: AWS:File is not compared by Sise; did you mean Size\?$/,
      ),
    ]);
    expect(
      said(rule('a', 'x', 'type: AWS:Service, severity: LOW, attributes: [Status]')),
    ).toHaveLength(1);
    expect(said(rule('a', 'x', 'type: Custom:Mine, severity: LOW, attributes: [any]'))).toEqual([]);
  });

  it.each([
    ['policy: presence, severity: LOW, changes: [modified]', 'policy: presence'],
    ['policy: growing, severity: LOW, changes: [deleted]', 'policy: growing'],
    ['severity: LOW, changes: [deleted], attributes: [Size]', 'only modified things'],
    ['severity: LOW, type: Custom:Mine, changes: [modified]', 'none is modified'],
  ])('is %s', (more, message) => {
    expect(said(rule('a', '/a', more))).toEqual([expect.stringContaining(message)]);
  });
});

describe('a pattern that covers another', () => {
  it('fits whatever the other does', () => {
    const piece = fc.constantFrom('a', 'b', '*', '**', '?', '{a,b}', '[ab]', 'a*', 'C:');
    const globs = fc
      .array(piece, { minLength: 1, maxLength: 3 })
      .map((pieces) => `/${pieces.join('/')}`);
    const names = fc
      .array(fc.constantFrom('a', 'b', 'ab', 'C:'), { minLength: 1, maxLength: 4 })
      .map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(globs, globs, names, (wide, narrow, name) => {
        fc.pre(coversPattern({ glob: wide }, { glob: narrow }, 'AWS:File'));
        const asked = askedName('AWS:File', name);
        return !compileNames([{ glob: narrow }])(asked) || compileNames([{ glob: wide }])(asked);
      }),
      { numRuns: 300 },
    );
  });
});
