import { describe, expect, it } from '@jest/globals';
import { loadRuleFolder } from '../folder/load-rule-folder.ts';
import { problemText } from '../folder/problem.ts';
import { checkRuleSet } from './check-rule-set.ts';

const now = new Date('2026-11-25T00:00:00Z');

function doubts(...texts: readonly string[]): readonly string[] {
  const files = texts.map((text, index) => ({ path: `${index}.rules.yaml`, text }));
  const { ruleSet, problems } = loadRuleFolder(files);
  expect(problems.map(problemText)).toEqual([]);
  if (!ruleSet) throw new Error('the folder is right');
  return checkRuleSet(ruleSet, { now, files }).map(problemText);
}

const pack = (rules: string, name = 'a', more = '') => `pack: ${name}\n${more}\nrules:\n${rules}`;
const rule = (when: string, then = '[]', more = '') =>
  `  - { name: one, when: ${when}, then: ${then} ${more} }`;
const label = (value: string, comparison = 'EQUALS') =>
  `SeverityLabel: [{ Value: ${value}, Comparison: ${comparison} }]`;
const ocsf = (...filters: readonly string[]) =>
  `{ ocsf: { CompositeFilters: [${filters.map((filter) => `{ ${filter} }`).join(', ')}] } }`;
const text = (field: string, value: string) =>
  `StringFilters: [{ FieldName: ${field}, Filter: { Value: ${value}, Comparison: EQUALS } }]`;

describe('rules that never match', () => {
  it.each([
    [`{ all: [{ asff: { ${label('HIGH')} } }, { asff: { ${label('LOW')} } }] }`, 'Severity.Label'],
    [
      `{ all: [{ asff: { ${label('HIGH')} } }, { test: { field: Severity.Label, equals: LOW } }] }`,
      'Severity.Label',
    ],
    [`{ asff: { ${label('Hi', 'PREFIX')} } }`, 'Severity.Label'],
    [
      '{ asff: { Title: [{ Value: ab, Comparison: PREFIX }], Id: [{ Value: a, Comparison: EQUALS }] } }',
      undefined,
    ],
    [
      '{ all: [{ asff: { Title: [{ Value: ab, Comparison: PREFIX }] } }, { asff: { Title: [{ Value: ac, Comparison: PREFIX }] } }] }',
      'Title cannot start in two ways',
    ],
    ['{ asff: { Confidence: [{ Gte: 80, Lte: 70 }] } }', 'Confidence'],
    [
      '{ all: [{ asff: { Criticality: [{ Gt: 50 }] } }, { asff: { Criticality: [{ Lte: 50 }] } }] }',
      'Criticality',
    ],
    [
      '{ asff: { CreatedAt: [{ Start: 2026-02-01T00:00:00Z, End: 2026-01-01T00:00:00Z }] } }',
      'CreatedAt',
    ],
    [ocsf(text('severity', 'High'), text('severity', 'Low')), 'severity'],
    [
      ocsf(
        'NumberFilters: [{ FieldName: vulnerabilities.cve.cvss.base_score, Filter: { Gte: 9, Lt: 9 } }]',
      ),
      'base_score',
    ],
    [
      `{ all: [{ asff: { ${label('HIGH')} } }, ${ocsf(text('severity', 'High'))}] }`,
      'criteria of ASFF and of OCSF',
    ],
    [
      `{ all: [{ asff: { ${label('HIGH')} } }, { any: [{ asff: { ${label('LOW')} } }, { asff: { ${label('MEDIUM')} } }] }] }`,
      'Severity.Label',
    ],
    ['{ not: { always: true } }', 'what stands under not'],
    // Of lists, each test may hold of another value.
    [
      '{ all: [{ asff: { ResourceType: [{ Value: a, Comparison: EQUALS }] } }, { asff: { ResourceType: [{ Value: b, Comparison: EQUALS }] } }] }',
      undefined,
    ],
    ['{ all: [{ tags: { a: b } }, { tags: { a: c } }] }', undefined],
    [`{ any: [{ asff: { ${label('HIGH')} } }, ${ocsf(text('severity', 'High'))}] }`, undefined],
    [`{ not: { asff: { ${label('HIGH')} } } }`, undefined],
  ])('%s: %s', (when, expected) => {
    const said = doubts(pack(rule(when)));
    expect(said).toHaveLength(expected === undefined ? 0 : 1);
    if (expected !== undefined) {
      expect(said[0]).toMatch(/^0\.rules\.yaml:4:\d+ warning rules\[0\]\.when: never matches: /);
      expect(said[0]).toContain(expected);
    }
  });

  it('are those that have expired; those that expire soon are announced', () => {
    const ending = (expires: string) =>
      doubts(pack(rule('{ tags: { a: b } }', '[]', `, expires: ${expires}`)));
    expect(ending('2026-11-25')[0]).toContain('has expired: it matches nothing');
    expect(ending('2026-12-08')[0]).toContain('expires on 2026-12-08');
    expect(ending('2026-12-09')).toEqual([]);
  });

  it('have branches that an earlier one leaves nothing', () => {
    const chain = (other: string) =>
      doubts(
        pack(
          rule(
            `{ asff: { ${label('H', 'PREFIX')} } }`,
            '[]',
            `, else: [{ when: ${other}, then: [] }]`,
          ),
        ),
      );
    expect(chain(`{ asff: { ${label('HIGH')} } }`)[0]).toContain(
      'rules[0].else[0].when: is never reached',
    );
    expect(chain(`{ asff: { ${label('LOW')} } }`)).toEqual([]);
  });

  it('are not looked for among those that are not enabled', () => {
    expect(doubts(pack(rule('{ not: { always: true } }', '[]', ', enabled: false')))).toEqual([]);
  });
});

describe('rules behind a terminal one', () => {
  const shadow = (first: string, second: string, more = '', terminal = 'terminal: true') =>
    doubts(
      pack(
        `  - { name: first, order: 1, ${terminal}, when: ${first}, then: [] }\n  - { name: second, order: 2, when: ${second}, then: [] }`,
        'a',
        more,
      ),
    );

  it('never act where it matches whatever they match', () => {
    const [said] = shadow(
      `{ asff: { ${label('H', 'PREFIX')} } }`,
      `{ asff: { ${label('HIGH')}, Title: [{ Value: a, Comparison: EQUALS }] } }`,
    );
    expect(said).toContain('rules[1]: never acts: a/first is terminal');
    expect(shadow('{ always: true }', '{ tags: { a: b } }')).toHaveLength(1);
    expect(shadow('{ tags: { a: [b, c] } }', '{ tags: { a: b, d: e } }')).toHaveLength(1);
  });

  it('act where they may match more, where it expires, or where findings change in between', () => {
    const high = `{ asff: { ${label('HIGH')} } }`;
    expect(shadow(high, `{ asff: { ${label('H', 'PREFIX')} } }`)).toEqual([]);
    expect(shadow(high, high, '', 'terminal: true, expires: 2027-01-01')).toEqual([]);
    expect(shadow(high, high, 'evaluate: current')).toEqual([]);
    expect(shadow(high, high, '', 'terminal: false')).toEqual([]);
  });
});

describe('rules whose outcome depends on the names of files', () => {
  const tied = (first: string, second: string, more = '') =>
    doubts(
      pack(rule(`{ asff: { Title: [{ Value: a, Comparison: CONTAINS }] } }`, first)),
      pack(rule(`{ asff: { Title: [{ Value: b, Comparison: CONTAINS }] } }`, second, more), 'b'),
    );

  it('set one field to different values', () => {
    expect(tied('[{ update: { severity: HIGH } }]', '[{ update: { severity: LOW } }]')).toEqual([
      '1.rules.yaml:4:5 warning rules[0]: has the same order as a/one, so that the names of the files decide who sets severity; give them different orders',
    ]);
    expect(tied('[{ suppress: { reason: a } }]', '[{ update: { workflow: NEW } }]')[0]).toContain(
      'workflow',
    );
  });

  it('or one of them is terminal', () => {
    expect(tied('[]', '[]', ', terminal: true')[0]).toContain('whether both act');
  });

  it('do not differ where they say the same, have another order, or cannot meet', () => {
    const high = '[{ update: { severity: HIGH } }]';
    expect(tied(high, '[{ update: { workflow: NEW } }]')).toEqual([]);
    expect(tied(high, '[{ update: { severity: LOW } }]', ', order: 501')).toEqual([]);
    expect(
      doubts(
        pack(rule(`{ asff: { ${label('LOW')} } }`, high)),
        pack(rule(`{ asff: { ${label('MEDIUM')} } }`, '[{ update: { severity: LOW } }]'), 'b'),
      ),
    ).toEqual([]);
  });
});

describe('other doubts', () => {
  it.each([
    [
      '{ asff: { WorkflowStatus: [{ Value: NEW, Comparison: EQUALS }] } }',
      'when.asff.WorkflowStatus: WorkflowStatus is that of a new finding',
    ],
    ['{ asff: { NoteText: [{ Value: a, Comparison: EQUALS }] } }', 'NoteText is never there'],
    [
      '{ not: { test: { field: UserDefinedFields.a, exists: true } } }',
      'UserDefinedFields.a is never there',
    ],
    [
      ocsf(text('status', 'New')),
      'CompositeFilters[0].StringFilters[0].FieldName: status is that of a new finding',
    ],
  ])('%s asks for what the original does not hold', (when, expected) => {
    expect(doubts(pack(rule(when)))[0]).toContain(expected);
    expect(doubts(pack(rule(when), 'a', 'evaluate: current'))).toEqual([]);
  });

  it('an update of what OCSF findings do not have', () => {
    const update = '[{ update: { severity: HIGH, criticality: 90 } }]';
    expect(doubts(pack(rule('{ tags: { a: b } }', update)))[0]).toContain(
      'cannot take criticality',
    );
    expect(doubts(pack(rule('{ asff: {} }', update)))).toEqual([]);
  });

  it('two rules that say the same', () => {
    const twice = `${rule('{ asff: {} }', '[{ enrich: { with: [owner] } }]')}\n${rule('{ asff: {} }', '[{ enrich: { with: [owner] } }]').replace('one', 'two')}`;
    expect(doubts(pack(twice))[0]).toContain('rules[1]: says the same as a/one');
  });

  it('channels and time intervals that nobody uses', () => {
    const files = [
      { path: 'a.rules.yaml', text: pack(rule('{ asff: {} }', '[{ notify: { channel: used } }]')) },
      {
        path: 'channels.yaml',
        text: `channels:
  - { name: used, type: teams, secret: s, escalate: [{ after: 1h, channel: next }] }
  - { name: next, type: teams, secret: s }
  - { name: idle, type: teams, secret: s }
timeIntervals:
  - { name: night, ranges: [{ times: ['00:00-06:00'] }] }
`,
      },
    ];
    const { ruleSet } = loadRuleFolder(files);
    expect(ruleSet && checkRuleSet(ruleSet, { now, files }).map(problemText)).toEqual([
      'channels.yaml:4:5 warning channels[2]: nobody uses channel idle',
      'channels.yaml:6:5 warning timeIntervals[0]: nobody uses time interval night',
    ]);
  });
});
