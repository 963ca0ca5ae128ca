import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadRuleFolder } from '../folder/load-rule-folder.ts';
import { problemText } from '../folder/problem.ts';
import { exportRules } from './export-rules.ts';
import { importV1Rules, importV2Rules } from './import-rules.ts';

const v1 = {
  RuleArn: 'arn:aws:securityhub:eu-west-1:123456789012:automation-rule/one',
  RuleStatus: 'ENABLED',
  RuleOrder: 1,
  RuleName: 'Suppress informational findings',
  Description: 'Nobody reads them',
  IsTerminal: false,
  Criteria: { SeverityLabel: [{ Value: 'INFORMATIONAL', Comparison: 'EQUALS' }] },
  Actions: [
    {
      Type: 'FINDING_FIELDS_UPDATE',
      FindingFieldsUpdate: {
        Note: { Text: 'Suppressed', UpdatedBy: 'automation' },
        Workflow: { Status: 'SUPPRESSED' },
      },
    },
  ],
  CreatedAt: new Date('2026-01-01T00:00:00Z'),
  UpdatedAt: new Date('2026-01-02T00:00:00Z'),
  CreatedBy: 'arn:aws:iam::123456789012:role/Admin',
};

const v2 = {
  RuleArn: 'arn:aws:securityhub:eu-west-1:123456789012:automation-rulev2/two',
  RuleId: 'two',
  RuleStatus: 'ENABLED',
  RuleOrder: 1.5,
  RuleName: 'Raise',
  Description: 'Raise',
  Criteria: {
    OcsfFindingCriteria: {
      CompositeFilters: [
        {
          StringFilters: [
            {
              FieldName: 'resources.type',
              Filter: { Value: 'AWS::S3::Bucket', Comparison: 'EQUALS' },
            },
          ],
        },
      ],
      CompositeOperator: 'AND',
    },
  },
  Actions: [
    { Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { SeverityId: 5, Comment: 'x' } },
  ],
};

/** The rules of a pack's text. */
function packIn(text: string) {
  const { ruleSet, problems } = loadRuleFolder([{ path: 'a.rules.yaml', text }]);
  expect(problems.map(problemText)).toEqual([]);
  const pack = ruleSet?.packs[0];
  if (!pack) throw new Error('the pack is right');
  return pack;
}

describe('importV1Rules', () => {
  it('writes a pack that says where each rule comes from', () => {
    const { text, rules, notes, problems } = importV1Rules({ Rules: [v1] });
    expect({ rules, notes, problems }).toEqual({ rules: 1, notes: [], problems: [] });
    expect(text).toBe(`# yaml-language-server: $schema=./schemas/rules.schema.json

pack: security-hub-cspm
description: Automation rules of Security Hub CSPM.
rules:
  # arn:aws:securityhub:eu-west-1:123456789012:automation-rule/one
  # created 2026-01-01T00:00:00.000Z by arn:aws:iam::123456789012:role/Admin, updated 2026-01-02T00:00:00.000Z
  - name: Suppress informational findings
    description: Nobody reads them
    order: 1
    when:
      asff:
        SeverityLabel:
          - Value: INFORMATIONAL
            Comparison: EQUALS
    then:
      - update:
          workflow: SUPPRESSED
          note: Suppressed
    origin:
      service: v1
      actions:
        - Type: FINDING_FIELDS_UPDATE
          FindingFieldsUpdate:
            Note:
              Text: Suppressed
              UpdatedBy: automation
            Workflow:
              Status: SUPPRESSED
`);
  });

  it('keeps ties: of one order, the rule that was updated first comes first', () => {
    const later = { ...v1, RuleName: 'later', UpdatedAt: new Date('2026-03-01T00:00:00Z') };
    const before = { ...v1, RuleName: 'before', UpdatedAt: '2026-02-01T00:00:00Z' };
    const first = { ...later, RuleName: 'first', RuleOrder: 0.5 + 0.5 };
    const names = packIn(
      importV1Rules([{ ...later, RuleOrder: 2 }, later, before, first]).text,
    ).rules;
    expect(names.map(({ name }) => name)).toEqual(['before', 'later', 'first', 'later (2)']);
  });

  it('reads CloudFormation templates', () => {
    const { CreatedAt: _c, UpdatedAt: _u, CreatedBy: _b, RuleArn: _a, ...Properties } = v1;
    const { text, notes } = importV1Rules({
      Resources: {
        One: { Type: 'AWS::SecurityHub::AutomationRule', Properties },
        Two: {
          Type: 'AWS::SecurityHub::AutomationRule',
          Properties: { ...Properties, RuleName: { Ref: 'Name' } },
        },
        Topic: { Type: 'AWS::SNS::Topic' },
      },
    });
    expect(packIn(text).rules.map(({ name }) => name)).toEqual([v1.RuleName]);
    expect(text).toContain('# resource One');
    expect(notes).toEqual([
      'Two is not imported: RuleName: Invalid input: expected string, received object',
    ]);
  });

  it('reads a score as the label that AWS gives it, and says so', () => {
    const update = { Severity: { Normalized: 75, Product: 8 } };
    const { text, notes } = importV1Rules([
      { ...v1, Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: update }] },
    ]);
    expect(packIn(text).rules[0]?.branches[0].then).toEqual([{ update: { severity: 'HIGH' } }]);
    expect(notes).toEqual([
      `${v1.RuleName}: severity score 75 is read as HIGH`,
      `${v1.RuleName}: the product’s severity score is not set`,
    ]);
  });

  it('keeps text that looks like a template from being one', () => {
    const update = { Note: { Text: '{{ 7 | times: 6 }}', UpdatedBy: 'riposte' } };
    const { text } = importV1Rules([
      { ...v1, Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: update }] },
    ]);
    const pack = packIn(text);
    expect(pack.rules[0]?.branches[0].then).toEqual([
      { update: { note: '{% raw %}{{ 7 | times: 6 }}{% endraw %}' } },
    ]);
    expect(exportRules(pack, 'v1').rules[0]?.input.Actions).toMatchObject([
      { FindingFieldsUpdate: update },
    ]);
  });

  it('says where text looks like a placeholder, except where AWS’s own words are kept', () => {
    const update = { Note: { Text: '${A}', UpdatedBy: '${B}' } };
    const { problems } = importV1Rules([
      { ...v1, Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: update }] },
    ]);
    expect(problems.map(problemText)).toEqual([
      expect.stringMatching(/rules\[0\]\.then\[0\]\.update\.note: \$\{A\} is not replaced here/),
    ]);
  });

  it('takes anything and throws nothing', () => {
    fc.assert(
      fc.property(fc.anything(), fc.jsonValue(), (any, json) => {
        for (const input of [any, [json], { Rules: json }, { Resources: json }]) {
          expect(importV1Rules(input).rules).toBeLessThanOrEqual(1);
          expect(importV2Rules(input).rules).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('importV2Rules', () => {
  it('keeps fractional orders, and says what only Security Hub can do', () => {
    const connector = 'arn:aws:securityhub:eu-west-1:123456789012:connectorv2/jira';
    const { text, notes } = importV2Rules([
      v2,
      {
        ...v2,
        RuleName: 'Ticket',
        RuleOrder: 2,
        Actions: [
          {
            Type: 'EXTERNAL_INTEGRATION',
            ExternalIntegrationConfiguration: { ConnectorArn: connector },
          },
        ],
      },
    ]);
    const pack = packIn(text);
    expect(pack.rules.map(({ order, branches }) => [order, branches[0].then])).toEqual([
      [1.5, [{ update: { severity: 'CRITICAL', note: 'x' } }]],
      [2, []],
    ]);
    expect(notes).toEqual([
      `Ticket: tickets through the connector ${connector} stay with Security Hub; use ticket instead`,
    ]);
    expect(exportRules(pack, 'v2').rules[1]?.input.Actions).toEqual([
      {
        Type: 'EXTERNAL_INTEGRATION',
        ExternalIntegrationConfiguration: { ConnectorArn: connector },
      },
    ]);
  });
});

const label = fc.constantFrom('CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL');
/** A rule file refuses placeholders where nothing replaces them: see the example above. */
const isPlain = (text: string) => !/\$\{[A-Z][A-Z0-9_]*\}/.test(text);
const words = fc.string({ minLength: 1, maxLength: 30 }).filter(isPlain);
const line = fc
  .string({ minLength: 1, maxLength: 40 })
  .filter((text) => text.trim() === text && text !== '' && isPlain(text));
const positive = fc.record({ Value: words, Comparison: fc.constantFrom('EQUALS', 'PREFIX') });
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 });
const optional = { requiredKeys: [] };
const score = fc.integer({ min: 0, max: 100 });

const v1Update = fc.record(
  {
    Note: fc.record({ Text: words, UpdatedBy: fc.string({ minLength: 1, maxLength: 30 }) }),
    Severity: fc.record({ Label: label, Normalized: score, Product: score }, optional),
    Workflow: fc.record({ Status: fc.constantFrom('NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED') }),
    Confidence: score,
    Criticality: score,
    UserDefinedFields: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), words, { minKeys: 1 }),
    Types: fc.constant(['a/b/c']),
    VerificationState: fc.constantFrom('UNKNOWN', 'TRUE_POSITIVE'),
    RelatedFindings: fc.constant([{ ProductArn: 'arn:aws:a', Id: 'b' }]),
  },
  optional,
);

const status = fc.constantFrom('ENABLED', 'DISABLED');

const v1Rules = fc.uniqueArray(
  fc.record({
    RuleStatus: status,
    RuleOrder: fc.integer({ min: 1, max: 1000 }),
    RuleName: line,
    Description: words,
    IsTerminal: fc.boolean(),
    Criteria: fc.record(
      {
        Title: list(positive),
        SeverityLabel: list(fc.record({ Value: label, Comparison: fc.constant('EQUALS') })),
        Confidence: list(fc.record({ Gte: score, Lte: score })),
        UpdatedAt: fc.constant([{ DateRange: { Value: 3, Unit: 'DAYS' } }]),
        ResourceTags: list(
          fc.record({
            Key: words,
            Value: fc.string({ maxLength: 5 }),
            Comparison: fc.constant('EQUALS'),
          }),
        ),
      },
      optional,
    ),
    Actions: v1Update.map((FindingFieldsUpdate) => [
      { Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate },
    ]),
  }),
  { selector: ({ RuleName }) => RuleName, minLength: 1, maxLength: 4 },
);

const composite = fc.record(
  {
    StringFilters: list(
      fc.record({
        FieldName: fc.constantFrom('resources.uid', 'finding_info.title'),
        Filter: positive,
      }),
    ),
    NumberFilters: list(
      fc.record({ FieldName: fc.constant('severity_id'), Filter: fc.record({ Gte: score }) }),
    ),
    BooleanFilters: fc.constant([
      { FieldName: 'vulnerabilities.is_fix_available', Filter: { Value: true } },
    ]),
    IpFilters: fc.constant([
      { FieldName: 'evidences.src_endpoint.ip', Filter: { Cidr: '10.0.0.0/8' } },
    ]),
    Operator: fc.constantFrom('AND', 'OR'),
  },
  { requiredKeys: ['StringFilters'] },
);

const v2Rules = fc.uniqueArray(
  fc.record({
    RuleStatus: status,
    RuleOrder: fc.double({ min: 1, max: 1000, noNaN: true }),
    RuleName: line,
    Description: words,
    Criteria: fc.record({
      OcsfFindingCriteria: fc.record(
        {
          CompositeFilters: list(composite),
          CompositeOperator: fc.constantFrom('AND', 'OR'),
        },
        optional,
      ),
    }),
    Actions: fc
      .record(
        {
          SeverityId: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 99),
          StatusId: fc.constantFrom(0, 1, 2, 3, 4, 5, 99),
          Comment: words,
        },
        optional,
      )
      .map((FindingFieldsUpdate) => [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate }]),
  }),
  { selector: ({ RuleName }) => RuleName, minLength: 1, maxLength: 4 },
);

const byName = (rules: readonly { readonly RuleName?: unknown }[]) =>
  rules.toSorted((a, b) => (String(a.RuleName) < String(b.RuleName) ? -1 : 1));

describe('import, then export', () => {
  it('gives the same rules of Security Hub CSPM', () => {
    fc.assert(
      fc.property(v1Rules, (rules) => {
        const exported = exportRules(packIn(importV1Rules(rules).text), 'v1');
        expect(exported.left.flatMap(({ reasons }) => reasons)).toEqual([]);
        expect(byName(exported.rules.map(({ input }) => input))).toEqual(byName(rules));
      }),
    );
  });

  it('gives the same rules of Security Hub', () => {
    fc.assert(
      fc.property(v2Rules, (rules) => {
        const exported = exportRules(packIn(importV2Rules(rules).text), 'v2');
        expect(exported.left.flatMap(({ reasons }) => reasons)).toEqual([]);
        expect(byName(exported.rules.map(({ input }) => input))).toEqual(byName(rules));
      }),
    );
  });

  const corpus = process.env.RIPOSTE_CORPUS;
  if (corpus)
    it.each(readdirSync(`${corpus}/automation-rules`))('gives the same: %s', (name) => {
      const rule = JSON.parse(readFileSync(`${corpus}/automation-rules/${name}`, 'utf8'));
      const { rules } = exportRules(packIn(importV1Rules(rule).text), 'v1');
      expect({ IsTerminal: false, ...rule }).toMatchObject({ ...rules[0]?.input });
    });
});

describe('exportRules', () => {
  const exportOf = (rules: string, service: 'v1' | 'v2', more = '') =>
    exportRules(packIn(`pack: a\n${more}\nrules:\n${rules}`), service);
  const asff = '{ asff: { Title: [{ Value: a, Comparison: EQUALS }] } }';
  const ocsf =
    '{ ocsf: { CompositeFilters: [{ StringFilters: [{ FieldName: finding_info.title, Filter: { Value: a, Comparison: EQUALS } }] }] } }';
  const high = '[{ update: { severity: HIGH } }]';

  it('gives each service its own part of a condition', () => {
    const rule = `  - { name: one, when: { any: [${asff}, ${ocsf}] }, then: ${high} }`;
    expect(exportOf(rule, 'v1').rules[0]?.input).toEqual({
      RuleStatus: 'ENABLED',
      RuleOrder: 500,
      RuleName: 'one',
      Description: 'one',
      IsTerminal: false,
      Criteria: { Title: [{ Value: 'a', Comparison: 'EQUALS' }] },
      Actions: [
        { Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { Severity: { Label: 'HIGH' } } },
      ],
    });
    expect(exportOf(rule, 'v2').rules[0]?.input).toMatchObject({
      Criteria: { OcsfFindingCriteria: { CompositeFilters: [{ StringFilters: [{}] }] } },
      Actions: [{ FindingFieldsUpdate: { SeverityId: 4 } }],
    });
  });

  it('joins criteria on different fields that all have to hold', () => {
    const other = '{ asff: { SeverityLabel: [{ Value: LOW, Comparison: EQUALS }] } }';
    const rule = `  - { name: one, when: { all: [${asff}, ${other}] }, then: ${high} }`;
    expect(Object.keys(Object(exportOf(rule, 'v1').rules[0]?.input.Criteria))).toEqual([
      'Title',
      'SeverityLabel',
    ]);
  });

  it('says what of a rule stays here', () => {
    const rule = `  - { name: one, terminal: true, when: ${ocsf}, then: [{ update: { severity: HIGH, criticality: 9 } }, { enrich: { with: [cve] } }] }`;
    expect(exportOf(rule, 'v2').rules[0]?.left).toEqual([
      'enrich is an action of Riposte',
      'criticality has no place in OCSF',
      'later rules are evaluated all the same',
    ]);
  });

  it.each([
    [
      `when: ${asff}, then: [{ enrich: { with: [cve] } }]`,
      'v1',
      'AWS’s rules can do nothing of it',
    ],
    [`when: ${asff}, then: ${high}, expires: 2027-01-01`, 'v1', 'AWS’s rules do not expire'],
    [`when: ${asff}, then: ${high}, else: [{ then: [] }]`, 'v1', 'AWS’s rules have no else'],
    [`when: ${asff}, then: ${high}, order: 1.5`, 'v1', 'its order is no whole number'],
    [`when: ${ocsf}, then: ${high}`, 'v1', 'asks nothing of findings of this format'],
    [`when: ${asff}, then: ${high}`, 'v2', 'asks nothing of findings of this format'],
    [`when: { any: [${asff}, ${asff}] }, then: ${high}`, 'v1', 'any of several conditions'],
    [`when: { all: [${asff}, ${asff}] }, then: ${high}`, 'v1', 'two criteria on one field'],
    [`when: { not: ${asff} }, then: ${high}`, 'v1', 'not is a condition of Riposte'],
    [`when: { asff: { Keyword: [{ Value: a }] } }, then: ${high}`, 'v1', 'no field Keyword'],
    [`when: ${asff}, then: [{ update: { note: '{{ finding.id }}' } }]`, 'v1', 'can do nothing'],
  ] as const)('does not write a rule with %s as %s', (rule, service, reason) => {
    const { rules, left } = exportOf(`  - { name: one, ${rule} }`, service);
    expect(rules).toEqual([]);
    expect(left[0]?.reasons.join()).toContain(reason);
  });

  it('does not write a rule that reads what other rules have changed', () => {
    const severity = '{ asff: { SeverityLabel: [{ Value: LOW, Comparison: EQUALS }] } }';
    const rule = (when: string) => `  - { name: one, when: ${when}, then: ${high} }`;
    expect(exportOf(rule(severity), 'v1', 'evaluate: current').left[0]?.reasons).toEqual([
      'SeverityLabel is read as it stands, which AWS’s rules cannot',
    ]);
    expect(exportOf(rule(asff), 'v1', 'evaluate: current').rules).toHaveLength(1);
  });

  it('forgets what import kept when the rule does something else now', () => {
    const { text } = importV1Rules([v1]);
    const pack = packIn(text.replace('workflow: SUPPRESSED', 'workflow: RESOLVED'));
    expect(exportRules(pack, 'v1').rules[0]?.input.Actions).toMatchObject([
      { FindingFieldsUpdate: { Workflow: { Status: 'RESOLVED' }, Note: { UpdatedBy: 'riposte' } } },
    ]);
  });
});
