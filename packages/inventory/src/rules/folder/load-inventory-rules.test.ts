import { describe, expect, it } from '@jest/globals';
import { problemText } from '@riposte/rules/folder';
import { compileInventoryRules } from '../compile-inventory-rules.ts';
import { inventoryRulesJsonSchema } from './json-schema.ts';
import { loadInventoryRules } from './load-inventory-rules.ts';

const file = (text: string, path = 'a.rules.yaml') => ({ path, text });
const problems = (...files: readonly { readonly path: string; readonly text: string }[]) =>
  loadInventoryRules(files).problems.map(problemText);
/** A file of one rule with these members, a line each. */
const ruleOf = (...lines: readonly string[]) =>
  file(`rules:\n  - id: one\n${lines.map((line) => `    ${line}\n`).join('')}`);

describe('a folder of rules', () => {
  it('is read with all that files leave to defaults', () => {
    const { ruleSet } = loadInventoryRules([ruleOf('include: [/etc/**]', 'severity: HIGH')]);
    expect(ruleSet).toEqual({
      rules: [
        {
          id: 'one',
          type: 'AWS:File',
          include: [{ glob: '/etc/**' }],
          exclude: [],
          changes: ['created', 'modified', 'deleted'],
          severity: 'high',
          policy: 'readonly',
        },
      ],
    });
  });

  it('is in the order of file names, then of places', () => {
    const of = (id: string) => `  - { id: ${id}, include: [/a], severity: LOW }\n`;
    const { ruleSet } = loadInventoryRules([
      file(`rules:\n${of('c')}`, '20-b.rules.yaml'),
      file(`rules:\n${of('b')}${of('a')}`, '10-a.rules.yaml'),
    ]);
    expect(ruleSet?.rules.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });

  it('puts windows in the place of their names, those of other files too', () => {
    const { ruleSet } = loadInventoryRules([
      ruleOf('include: [/a]', 'severity: LOW', 'maintenance: { windows: [night, move] }'),
      file(
        `windows:
  - { name: night, timeZone: Europe/Berlin, from: '22:00', to: '06:00', days: [sunday], weeks: [2] }
  - { name: move, start: 2026-12-01T20:00:00Z, end: 2026-12-01T22:00:00Z }
rules:
  - { id: two, include: [/b], policy: ignore }
`,
        'b.rules.yaml',
      ),
    ]);
    expect(ruleSet?.rules[0]?.maintenance).toEqual({
      severity: 'informational',
      windows: [
        {
          name: 'night',
          timeZone: 'Europe/Berlin',
          from: '22:00',
          to: '06:00',
          days: ['sunday'],
          weeks: [2],
        },
        { name: 'move', start: '2026-12-01T20:00:00Z', end: '2026-12-01T22:00:00Z' },
      ],
    });
  });

  it('is plain JSON', () => {
    const { ruleSet } = loadInventoryRules([
      ruleOf('include: [{ regex: /a }]', 'severity: LOW', 'tags: { Env: prod }'),
    ]);
    expect(JSON.parse(JSON.stringify(ruleSet))).toEqual(ruleSet);
  });

  it.each<[string, readonly string[], string]>([
    [
      'an unknown key',
      ['include: [/a]', 'severity: LOW', 'plicy: ignore'],
      '5:5 error rules[0].plicy: unknown key plicy; did you mean policy?',
    ],
    [
      'an unknown severity',
      ['include: [/a]', 'severity: medium'],
      '4:15 error rules[0].severity: "medium" is not known here; did you mean MEDIUM?',
    ],
    [
      'an unknown policy',
      ['include: [/a]', 'severity: LOW', 'policy: grow'],
      'did you mean growing?',
    ],
    ['no severity', ['include: [/a]'], '2:5 error rules[0]: severity is missing'],
    [
      'a severity of what is ignored',
      ['include: [/a]', 'policy: ignore', 'severity: LOW'],
      'what is ignored has no severity',
    ],
    ['no names', ['severity: LOW'], 'rules[0]: include is missing'],
    [
      'an open class',
      ["include: ['/a[b']", 'severity: LOW'],
      '3:15 error rules[0].include[0]: [ is not closed: write [[] for the character itself',
    ],
    [
      'a wrong expression',
      ["include: [{ regex: '/a(' }]", 'severity: LOW'],
      '3:24 error rules[0].include[0].regex: not a regular expression in RE2 syntax: error parsing regexp: missing closing )',
    ],
    [
      'a look ahead',
      ["include: [{ regex: '/(?=a)' }]", 'severity: LOW'],
      'not a regular expression in RE2 syntax',
    ],
    [
      'an account without quotes',
      ['include: [/a]', 'severity: LOW', 'accounts: [123456789012]'],
      'put it in quotes',
    ],
    [
      'a date that is none',
      ['include: [/a]', 'severity: LOW', 'expires: 2026-02-31'],
      'has to exist',
    ],
    [
      'a window that there is not',
      ['include: [/a]', 'severity: LOW', 'maintenance: { windows: [nihgt] }'],
      'rules[0].maintenance.windows[0]: there is no window nihgt',
    ],
    [
      'growing packages',
      ['type: AWS:Application', "include: ['*']", 'severity: LOW', 'policy: growing'],
      'only files grow',
    ],
    [
      'a wrong type',
      ['type: File', 'include: [/a]', 'severity: LOW'],
      'a type is written AWS:File or Custom:FileHash',
    ],
    ['no id that can be one', ['include: [/a]', 'severity: LOW', '# id', 'id: A b'], 'unique'],
  ])('says what is wrong: %s', (_, lines, said) => {
    const found = problems(ruleOf(...lines));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^a\.rules\.yaml:\d+:\d+ error /);
    expect(found[0]).toContain(said);
    expect(loadInventoryRules([ruleOf(...lines)]).ruleSet).toBeUndefined();
  });

  it.each([
    ["{ name: w, from: '22:00' }", 'either start and end (once), or from and to'],
    ['{ name: w }', 'either start and end (once), or from and to'],
    ["{ name: w, from: '22:00', to: '25:00' }", 'a time is written 22:00, in quotes'],
    ["{ name: w, from: '22:00', to: '06:00', timeZone: Europe/Bonn }", 'no time zone of this name'],
    ["{ name: w, from: '22:00', to: '06:00', days: [sundy] }", 'did you mean sunday?'],
    ["{ name: w, from: '22:00', to: '06:00', weeks: [0] }", 'a week is 1 to 5'],
    ['{ name: w, start: 2026-12-01T20:00:00Z, end: 2026-12-01T20:00:00Z }', 'ends after it starts'],
    [
      '{ name: w, start: 2026-12-01T20:00:00Z, end: 2026-12-02T20:00:00Z, days: [sunday] }',
      'days is for windows that come again',
    ],
  ])('refuses the window %s', (window, said) => {
    const text = `windows: [${window}]\nrules: [{ id: one, include: [/a], severity: LOW }]\n`;
    expect(problems(file(text))).toEqual([expect.stringContaining(said)]);
  });

  it('refuses ids and windows that are taken, wherever', () => {
    const text =
      "windows: [{ name: w, from: '22:00', to: '06:00' }]\nrules: [{ id: one, include: [/a], severity: LOW }]\n";
    expect(problems(file(text), file(text, 'b.rules.yaml'))).toEqual([
      'b.rules.yaml:1:19 error windows[0].name: a.rules.yaml has a window w too',
      'b.rules.yaml:2:15 error rules[0].id: a.rules.yaml has a rule one already',
    ]);
  });

  it('refuses files that nothing would read, and folders without rules', () => {
    expect(problems({ path: 'a.rule.yaml', text: '' })).toEqual([
      '.:1:1 error the folder has no *.rules.yaml',
      'a.rule.yaml:1:1 error nothing reads a.rule.yaml; did you mean a.rules.yaml?',
    ]);
  });

  it('places what is no YAML', () => {
    expect(problems(file('rules: [\n'))[0]).toMatch(/^a\.rules\.yaml:\d+:\d+ error /);
  });

  it('reads cases, with the line of each', () => {
    const { tests } = loadInventoryRules([
      ruleOf('include: [/a]', 'severity: LOW'),
      file(
        'cases:\n  - { name: a, items: [/a, /b], expect: { rule: one, severity: LOW } }\n  - { name: b, items: /c, change: created, expect: nothing }\n',
        'a.tests.yaml',
      ),
    ]);
    expect(tests).toMatchObject([
      {
        line: 2,
        name: 'a',
        questions: [{ name: '/a', kind: 'modified' }, { name: '/b' }],
        expect: { rule: 'one', severity: 'low', unknown: false },
      },
      {
        line: 3,
        name: 'b',
        questions: [{ name: '/c', kind: 'created', before: [], attributes: [] }],
      },
    ]);
    expect(tests[1]).not.toHaveProperty('expect');
  });

  it('places what is wrong in a case', () => {
    expect(
      problems(
        ruleOf('include: [/a]', 'severity: LOW'),
        file('cases:\n  - { name: a, items: /a, expect: nothng }\n', 'a.tests.yaml'),
      ),
    ).toEqual([expect.stringMatching(/^a\.tests\.yaml:2:\d+ error cases\[0\]\.expect/)]);
  });

  it('gives rules that can be asked', () => {
    const { ruleSet = { rules: [] } } = loadInventoryRules([
      ruleOf('include: [/a]', 'severity: LOW'),
    ]);
    expect(compileInventoryRules(ruleSet).digest).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the JSON Schemas of rules', () => {
  it('say which keys there are, and what they mean', () => {
    const { rules, tests } = inventoryRulesJsonSchema();
    expect(JSON.stringify(rules)).toContain('"growing"');
    expect(rules).toMatchObject({ title: 'Riposte inventory rules' });
    expect(tests).toMatchObject({ title: 'Riposte inventory rule tests' });
  });
});
