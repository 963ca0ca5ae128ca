import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RuleFile } from './folder-files.ts';
import { loadRuleFolder } from './load-rule-folder.ts';
import { problemText } from './problem.ts';
import { channelsFile, packOf } from './testing/rule-files.ts';

const problemsOf = (...files: readonly RuleFile[]) =>
  loadRuleFolder(files).problems.map(problemText);

const placeholder = '$' + '{URL}';

const comparing = (comparisons: readonly string[]) =>
  `{ asff: { Title: [${comparisons.map((name) => `{ Value: a, Comparison: ${name} }`).join(', ')}] } }`;

describe('loadRuleFolder', () => {
  it('makes a rule set of packs, channels, owners and time intervals', () => {
    const { ruleSet, problems } = loadRuleFolder([
      channelsFile,
      packOf('{ always: true }', '[{ notify: { channel: alerts, mute: [night] } }]'),
      { path: 'owners.yaml', text: "ownership: [{ accounts: ['123456789012'], team: blue }]" },
    ]);
    expect(problems).toEqual([]);
    expect(ruleSet?.packs).toEqual([
      {
        name: 'demo',
        evaluate: 'original',
        file: 'demo.rules.yaml',
        rules: [
          {
            id: 'demo/one',
            name: 'one',
            order: 500,
            enabled: true,
            terminal: false,
            branches: [
              JSON.parse(
                '{"when":{"always":true},"then":[{"notify":{"channel":"alerts","mute":["night"]}}]}',
              ),
            ],
          },
        ],
      },
    ]);
    expect(ruleSet?.channels.map(({ name }) => name)).toEqual(['alerts', 'tickets']);
    expect(ruleSet?.ownership).toEqual([{ accounts: ['123456789012'], team: 'blue' }]);
  });

  it('takes the tag keys that owners are read from', () => {
    const keysOf = (text: string) =>
      loadRuleFolder([packOf('{ always: true }'), { path: 'owners.yaml', text }]);
    expect(keysOf('ownership: []').ruleSet).not.toHaveProperty('tagKeys');
    const given = keysOf('ownership: []\ntagKeys: { owner: [CostOwner], team: [] }');
    expect(given.ruleSet?.tagKeys).toEqual({ owner: ['CostOwner'], team: [] });
    const wrong = keysOf('ownership: []\ntagKeys: { onwer: [CostOwner] }');
    expect(wrong.problems.map(problemText).join()).toContain('owner');
  });

  it('makes an else without a condition hold always', () => {
    const { ruleSet } = loadRuleFolder([
      packOf('{ tags: { a: b } }', '[]', '    else: [{ then: [{ enrich: { with: [owner] } }] }]'),
    ]);
    expect(ruleSet?.packs[0]?.rules[0]?.branches[1]?.when).toEqual({ always: true });
  });

  it('puts packs in the order of their file names', () => {
    const pack = (path: string, name: string) => ({
      path,
      text: `pack: ${name}\nrules: [{ name: a, when: { always: true }, then: [] }]`,
    });
    const { ruleSet } = loadRuleFolder([pack('b.rules.yaml', 'x'), pack('a.rules.yaml', 'y')]);
    expect(ruleSet?.packs.map(({ name }) => name)).toEqual(['y', 'x']);
  });

  it('has a version that changes with the rules and not with their order or their tests', () => {
    const pack = packOf('{ always: true }');
    const versionOf = (...files: readonly RuleFile[]) => loadRuleFolder(files).ruleSet?.version;
    const version = versionOf(pack, channelsFile);
    const tests = {
      path: 'a.tests.yaml',
      text: 'cases: [{ name: a, finding: {}, expect: {} }]',
    };
    expect(version).toMatch(/^[0-9a-f]{64}$/);
    expect(versionOf(channelsFile, pack, tests)).toBe(version);
    expect(versionOf(packOf('{ not: { always: true } }'), channelsFile)).not.toBe(version);
  });

  it('is JSON: reading it back gives the same', () => {
    const { ruleSet } = loadRuleFolder([channelsFile, packOf('{ always: true }')]);
    expect(JSON.parse(JSON.stringify(ruleSet))).toEqual(ruleSet);
  });
});

describe('what is wrong with the YAML', () => {
  it.each([
    ['pack: a\npack: b', 'a.rules.yaml:2:1 error map keys must be unique'],
    ['pack:\n\ta: 1', 'a.rules.yaml:2:1 error tabs are not allowed as indentation'],
    ['a: [1', 'a.rules.yaml:1:6 error flow sequence in block collection must be'],
    ['', 'a.rules.yaml:1:1 error the file is empty'],
    ['a: 1\n---\nb: 2', 'a.rules.yaml:2:1 error source contains multiple documents'],
    ['a: *b', 'a.rules.yaml:1:1 error unresolved alias'],
    ['a: !!js/function x', 'a.rules.yaml:1:4 error unresolved tag'],
    ['? [a]\n: 1', 'a.rules.yaml:1:3 error with stringKeys, all keys must be strings'],
    [
      `a: &a [${'x,'.repeat(20)}]\nb: &b [${'*a,'.repeat(20)}]\nc: [${'*b,'.repeat(20)}]`,
      'a.rules.yaml:1:1 error excessive alias count',
    ],
    [`a: ${'['.repeat(100)}${']'.repeat(100)}`, 'a.rules.yaml:1:1 error values are nested more'],
  ])('%j', (text, expected) => {
    const { ruleSet, problems } = loadRuleFolder([{ path: 'a.rules.yaml', text }]);
    expect(ruleSet).toBeUndefined();
    expect(problems.map(problemText)[0]).toContain(expected);
  });
});

describe('what is wrong with a rule', () => {
  it.each([
    [
      '{ asff: { SeverityLable: [{ Value: HIGH, Comparison: EQUALS }] } }',
      '4:21 error rules[0].when.asff.SeverityLable: unknown key SeverityLable; did you mean SeverityLabel?',
    ],
    [
      '{ asff: { SeverityLabel: [{ Value: High, Comparison: EQUALS }] } }',
      '4:46 error rules[0].when.asff.SeverityLabel[0].Value: SeverityLabel is never "High": it is one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL; did you mean HIGH?',
    ],
    [
      '{ asff: { Title: [{ Value: a, Comparison: EQUAL }] } }',
      '4:53 error rules[0].when.asff.Title[0].Comparison: "EQUAL" is not known here; did you mean EQUALS?',
    ],
    [
      '{ asff: { AwsAccountId: [{ Value: 123456789012, Comparison: EQUALS }] } }',
      '4:45 error rules[0].when.asff.AwsAccountId[0].Value: expected a text, not 123456789012; put it in quotes, to make it a text',
    ],
    [
      '{ asff: { CreatedAt: [{ Start: 2026-02-30T00:00:00Z }] } }',
      '4:42 error rules[0].when.asff.CreatedAt[0].Start: a time is written 2026-11-25T09:00:00Z, and has to exist',
    ],
    [
      '{ ocsf: { CompositeFilters: [{ StringFilters: [{ FieldName: severity_id, Filter: { Value: a, Comparison: EQUALS } }] }] } }',
      '4:71 error rules[0].when.ocsf.CompositeFilters[0].StringFilters[0].FieldName: severity_id belongs in NumberFilters',
    ],
    [
      '{ ocsf: { CompositeFilters: [{ StringFilters: [{ FieldName: severity, Filter: { Value: HIGH, Comparison: EQUALS } }] }] } }',
      '4:98 error rules[0].when.ocsf.CompositeFilters[0].StringFilters[0].Filter.Value: severity is never "HIGH": case counts; did you mean High?',
    ],
    [
      '{ ocsf: { CompositeFilters: [{ Operator: AND }] } }',
      '4:40 error rules[0].when.ocsf.CompositeFilters[0]: a composite filter holds at least one filter',
    ],
    [
      '{ all: [{ tset: {} }] }',
      '4:21 error rules[0].when.all[0].tset: unknown key tset; did you mean test?',
    ],
    [
      '{ always: true, tags: { a: b } }',
      '4:27 error rules[0].when.tags: only one key belongs here; make tags an entry of its own',
    ],
    [
      '{ test: { field: a, matches: "(a" } }',
      '4:40 error rules[0].when.test.matches: not a regular expression in RE2 syntax: error parsing regexp: missing closing ): `(a`',
    ],
    [
      '{ test: { field: a } }',
      '4:19 error rules[0].when.test: a test compares: equals, prefix, contains, glob, matches, exists, gte or lte',
    ],
    ['{ owner: {} }', '4:20 error rules[0].when.owner: names nothing to compare'],
  ])('%s', (when, expected) => {
    expect(problemsOf(packOf(when))).toEqual([`demo.rules.yaml:${expected}`]);
  });

  it.each([
    ['CONTAINS', 'NOT_CONTAINS'],
    ['CONTAINS', 'EQUALS'],
    ['EQUALS', 'NOT_EQUALS'],
    ['EQUALS', 'PREFIX_NOT_EQUALS'],
    ['NOT_CONTAINS', 'PREFIX'],
  ])('%s beside %s, which Security Hub refuses', (one, other) => {
    for (const pair of [
      [one, other],
      [other, one],
    ])
      expect(problemsOf(packOf(comparing(pair)))[0]).toContain('cannot stand beside');
  });

  it.each([
    [['EQUALS', 'PREFIX', 'EQUALS']],
    [['PREFIX', 'NOT_EQUALS', 'PREFIX_NOT_EQUALS']],
    [['NOT_CONTAINS', 'NOT_CONTAINS']],
  ])('not %j, which it takes', (comparisons) => {
    expect(problemsOf(packOf(comparing(comparisons)))).toEqual([]);
  });

  it('more filters on a field than Security Hub takes: 20, and 100 on four fields', () => {
    const filters = (field: string, count: number) =>
      `{ asff: { ${field}: [${'{ Value: a, Comparison: EQUALS },'.repeat(count)}] } }`;
    expect(problemsOf(packOf(filters('Description', 20)))).toEqual([]);
    expect(problemsOf(packOf(filters('Title', 100)))).toEqual([]);
    expect(problemsOf(packOf(filters('Description', 21)))[0]).toContain('too big');
    expect(problemsOf(packOf(filters('Title', 101)))[0]).toContain('too big');
  });

  it('more composites than ten, more filters of a kind than twenty, and a fourth layer', () => {
    const filter = '{ FieldName: severity, Filter: { Value: High, Comparison: EQUALS } }';
    const composite = (count: number, more = '') =>
      `{ StringFilters: [${`${filter},`.repeat(count)}] ${more} }`;
    const ocsf = (count: number, one: string) =>
      `{ ocsf: { CompositeFilters: [${`${one},`.repeat(count)}] } }`;
    const nested = (inner: string) => composite(1, `, NestedCompositeFilters: [${inner}]`);
    expect(problemsOf(packOf(ocsf(10, composite(20))))).toEqual([]);
    expect(problemsOf(packOf(ocsf(11, composite(1))))[0]).toContain('too big');
    expect(problemsOf(packOf(ocsf(1, composite(21))))[0]).toContain('too big');
    expect(problemsOf(packOf(ocsf(1, nested(composite(1)))))).toEqual([]);
    expect(problemsOf(packOf(ocsf(1, nested(nested(composite(1))))))[0]).toContain(
      'unknown key NestedCompositeFilters',
    );
  });

  it.each([
    [
      '[{ notfy: { channel: alerts } }]',
      '5:14 error rules[0].then[0].notfy: unknown key notfy; did you mean notify?',
    ],
    [
      '[{ notify: { channel: alrts } }]',
      '5:33 error rules[0].then[0].notify.channel: no channel is called alrts; did you mean alerts?',
    ],
    [
      '[{ notify: { channel: tickets } }]',
      '5:33 error rules[0].then[0].notify.channel: tickets is a jira channel, which keeps tickets; use ticket',
    ],
    [
      '[{ ticket: { channel: alerts } }]',
      '5:33 error rules[0].then[0].ticket.channel: alerts is a sns channel, which keeps no tickets; use notify',
    ],
    [
      '[{ notify: { channel: alerts, mute: [nigth] } }]',
      '5:48 error rules[0].then[0].notify.mute[0]: no time interval is called nigth; did you mean night?',
    ],
    [
      '[{ notify: { channel: alerts, escalate: [{ after: 30 min, channel: alerts }] } }]',
      '5:61 error rules[0].then[0].notify.escalate[0].after: a duration is written 30s, 5m, 1h30m or 2d',
    ],
    [
      '[{ notify: { channel: alerts, group: { by: [acount], wait: 30s, interval: 5m } } }]',
      '5:55 warning rules[0].then[0].notify.group.by[0]: acount is no label, so it is read as a path of the document; did you mean account?',
    ],
    [
      '[{ update: { severity: hihg } }]',
      '5:34 error rules[0].then[0].update.severity: "hihg" is not known here; did you mean HIGH?',
    ],
    [
      `[{ update: { note: "see ${placeholder}" } }]`,
      `5:30 error rules[0].then[0].update.note: ${placeholder} is not replaced here; they stand in addresses of channels, in queue.url, event.bus and invoke.function`,
    ],
    [
      '[{ queue: { url: ftp://a } }]',
      '5:28 error rules[0].then[0].queue.url: an address starts with https:// (http:// on this machine only), without user and password',
    ],
    [
      '[{}]',
      '5:12 error rules[0].then[0]: one key is missing; known here: update, suppress, notify, ticket, enrich, evidence, remediate, invoke, queue, event, automation, tag',
    ],
  ])('%s', (then, expected) => {
    expect(problemsOf(packOf('{ always: true }', then), channelsFile)).toEqual([
      `demo.rules.yaml:${expected}`,
    ]);
  });

  it.each([
    ['    order: 0', 'rules[0].order: too small'],
    ['    order: 1001', 'rules[0].order: too big'],
    ['    expires: soon', 'rules[0].expires: a date is written'],
    ['    terminl: true', 'rules[0].terminl: unknown key terminl; did you mean terminal?'],
    ['  - { name: two, then: [] }', 'rules[1]: when is missing; it is a mapping'],
    [
      '  - { name: one, when: { always: true }, then: [] }',
      'rules[1].name: another rule of this pack has the name one',
    ],
  ])('%s', (more, expected) => {
    expect(problemsOf(packOf('{ always: true }', '[]', more))[0]).toContain(expected);
  });
});

describe('what is wrong with a folder', () => {
  it.each([
    [[], '.:1:1 error the folder has no *.rules.yaml'],
    [
      [packOf('{ always: true }'), { path: 'chanels.yaml', text: 'a: 1' }],
      'chanels.yaml:1:1 error nothing reads chanels.yaml; did you mean channels.yaml?',
    ],
    [
      [packOf('{ always: true }'), { ...packOf('{ always: true }'), path: 'e.rules.yaml' }],
      'e.rules.yaml:1:7 error pack: the pack of demo.rules.yaml has the name demo too',
    ],
    [
      [
        packOf('{ always: true }'),
        { path: 'channels.yaml', text: 'channels: [{ name: a, type: slck }]' },
      ],
      'channels.yaml:1:29 error channels[0].type: "slck" is not known here; did you mean slack?',
    ],
    [
      [
        packOf('{ always: true }'),
        { path: 'a.tests.yaml', text: 'cases: [{ name: a, file: b.json, expect: {} }]' },
      ],
      'a.tests.yaml:1:26 error cases[0].file: no file b.json in the folder',
    ],
  ])('%#', (files, expected) => {
    expect(problemsOf(...files)).toContain(expected);
  });

  it('doubts no name of a channel where channels.yaml itself cannot be read', () => {
    const files = [
      packOf('{ always: true }', '[{ notify: { channel: alerts } }]'),
      { path: 'channels.yaml', text: 'channels: [' },
    ];
    expect(problemsOf(...files).every((text) => text.startsWith('channels.yaml'))).toBe(true);
  });
});

describe('loadRuleFolder on any text', () => {
  const words = fc.constantFrom(
    ...['pack', 'rules', 'name', 'when', 'then', 'asff', 'Title', 'all', '&a', '*a', '- ', ': '],
    ...['{', '}', '[', ']', ', ', '\n', '  ', '"', '|', '__proto__', 'toString', '\t', '1', 'true'],
  );
  const yamlLike = fc.array(words, { maxLength: 60 }).map((parts) => parts.join(''));

  it('throws nothing, and gives a rule set only without errors', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), yamlLike), (text) => {
        const { ruleSet, problems } = loadRuleFolder([{ path: 'a.rules.yaml', text }]);
        const wrong = problems.some(({ severity }) => severity === 'error');
        expect(ruleSet === undefined).toBe(wrong);
        for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('throws nothing for any JSON in place of a file', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (when, then) => {
        const rule = [['name', 'a'] as const, ['when', when] as const, ['then', then] as const];
        const pack = { pack: 'a', rules: [Object.fromEntries(rule)] };
        const files = ['a.rules.yaml', 'channels.yaml', 'owners.yaml', 'a.tests.yaml'];
        const { problems } = loadRuleFolder(
          files.map((path) => ({
            path,
            text: JSON.stringify(path === 'a.rules.yaml' ? pack : when),
          })),
        );
        expect(problems.length).toBeGreaterThan(0);
      }),
    );
  });
});
