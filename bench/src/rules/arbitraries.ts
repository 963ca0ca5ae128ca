import { type Finding, parseAsffFinding, parseOcsfFinding } from '@riposte/findings';
import type {
  Action,
  AsffCriteria,
  AsffFilter,
  CompositeFilter,
  Condition,
  FieldTest,
  MapFilter,
  NumberFilter,
  OcsfCriteria,
  OneOrMore,
  OwnerTest,
  ResourceContext,
  Rule,
  RulePack,
  StringFilter,
} from '@riposte/rules';
import fc from 'fast-check';

/** Few values, so that rules and findings meet; some of them are what a careless engine trips over. */
export const now = new Date('2026-11-25T09:00:00Z');
const text = fc.constantFrom(
  'a',
  'ab',
  'abc',
  'b',
  'A',
  '',
  'a b',
  'HIGH',
  'NEW',
  'constructor',
  '*',
);
const key = fc.constantFrom('a', 'b', 'env', '__proto__', 'constructor', 'toString');
const amount = fc.constantFrom(-1, 0, 1, 2, 50, 0.5, 100);
const moment = fc.constantFrom(
  '2026-11-24T09:00:00Z',
  '2026-11-18T09:00:00.000Z',
  '2026-11-25T10:00:00+01:00',
  '2025-01-01T00:00:00Z',
);

/** What no product sends. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, '', [], {}, [[]], [[['a']]], { a: { a: 'a' } }, [
    null,
    'a',
    1,
  ]),
  fc.jsonValue({ maxDepth: 3 }),
);

function orHostile<T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: hostile });
}

const texts = fc.oneof(text, fc.array(text, { maxLength: 3 }));
const mapOfTexts = fc.dictionary(key, text, { maxKeys: 3 });

const comparison = fc.constantFrom(
  ...(['EQUALS', 'PREFIX', 'CONTAINS'] as const),
  ...(['NOT_EQUALS', 'PREFIX_NOT_EQUALS', 'NOT_CONTAINS'] as const),
);
const stringFilter: fc.Arbitrary<StringFilter> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ Value: text, Comparison: comparison }) },
  fc.record({
    Value: fc.constantFrom('a', 'ab', 'b'),
    Comparison: fc.constant('CONTAINS_WORD' as const),
  }),
);
const numberFilter: fc.Arbitrary<NumberFilter> = fc.record(
  { Eq: amount, Gt: amount, Gte: amount, Lt: amount, Lte: amount },
  { requiredKeys: [] },
);
const dateFilter = fc.record(
  {
    Start: moment,
    End: moment,
    DateRange: fc.record(
      {
        Value: fc.constantFrom(1, 7, 30, 3650),
        Unit: fc.constant('DAYS' as const),
        Comparison: fc.constantFrom('WITHIN' as const, 'OLDER_THAN' as const),
      },
      { requiredKeys: ['Value', 'Unit'] },
    ),
  },
  { requiredKeys: [] },
);
const mapFilter: fc.Arbitrary<MapFilter> = fc.record({
  Key: key,
  Value: text,
  Comparison: fc.constantFrom('EQUALS', 'NOT_EQUALS', 'CONTAINS', 'NOT_CONTAINS'),
});

function filters<T extends AsffFilter>(filter: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> {
  return fc.array(filter, { maxLength: 3 });
}

export const asffCriteria: fc.Arbitrary<AsffCriteria> = fc
  .record(
    {
      Title: filters(stringFilter),
      SeverityLabel: filters(stringFilter),
      WorkflowStatus: filters(stringFilter),
      Type: filters(stringFilter),
      ResourceType: filters(stringFilter),
      ComplianceAssociatedStandardsId: filters(stringFilter),
      RelatedFindingsId: filters(stringFilter),
      NoteText: filters(stringFilter),
      Confidence: filters(numberFilter),
      Criticality: filters(numberFilter),
      CreatedAt: filters(dateFilter),
      ResourceTags: filters(mapFilter),
      UserDefinedFields: filters(mapFilter),
      ProductFields: filters(mapFilter),
    },
    { requiredKeys: [] },
  )
  // Three fields at most, or hardly any finding would match.
  .map((criteria) => Object.fromEntries(Object.entries(criteria).slice(0, 3)));

function ocsf<T>(names: readonly [string, ...string[]], filter: fc.Arbitrary<T>) {
  return fc.array(fc.record({ FieldName: fc.constantFrom(...names), Filter: filter }), {
    maxLength: 3,
  });
}

const composite = {
  StringFilters: ocsf(
    [
      ...(['finding_info.title', 'severity', 'status', 'comment', 'finding_info.types'] as const),
      ...(['resources.type', 'vulnerabilities.cve.uid', 'compliance.standards'] as const),
    ],
    stringFilter,
  ),
  NumberFilters: ocsf(
    ['severity_id', 'confidence_score', 'vulnerabilities.cve.cvss.base_score'],
    numberFilter,
  ),
  BooleanFilters: ocsf(['vulnerabilities.is_fix_available'], fc.record({ Value: fc.boolean() })),
  DateFilters: ocsf(['finding_info.created_time_dt', 'resources.modified_time_dt'], dateFilter),
  MapFilters: ocsf(['resources.tags', 'compliance.control_parameters'], mapFilter),
  IpFilters: ocsf(
    ['evidences.src_endpoint.ip'],
    fc.record({ Cidr: fc.constantFrom('10.0.0.0/8', '10.1.2.3/32', '0.0.0.0/0', '2001:db8::/32') }),
  ),
  Operator: fc.constantFrom('AND' as const, 'OR' as const),
};

export const ocsfCriteria: fc.Arbitrary<OcsfCriteria> = fc.record(
  {
    CompositeFilters: fc.array(
      fc.record<CompositeFilter>(
        {
          ...composite,
          NestedCompositeFilters: fc.array(fc.record(composite, { requiredKeys: [] }), {
            maxLength: 2,
          }),
        },
        { requiredKeys: [] },
      ),
      { maxLength: 2 },
    ),
    CompositeOperator: composite.Operator,
  },
  { requiredKeys: [] },
);

interface Parts {
  readonly text: fc.Arbitrary<unknown>;
  readonly texts: fc.Arbitrary<unknown>;
  readonly amount: fc.Arbitrary<unknown>;
  readonly moment: fc.Arbitrary<unknown>;
  readonly map: fc.Arbitrary<unknown>;
}

const usual: Parts = {
  text,
  texts: fc.array(text, { maxLength: 3 }),
  amount,
  moment,
  map: mapOfTexts,
};
const unusual: Parts = {
  text: orHostile(text),
  texts: orHostile(texts),
  amount: orHostile(fc.oneof(amount, amount.map(String))),
  moment: orHostile(moment),
  map: orHostile(mapOfTexts),
};

function some(members: Readonly<Record<string, fc.Arbitrary<unknown>>>) {
  return fc.record(members, { requiredKeys: [] });
}

const label = fc.constantFrom('HIGH', 'LOW', 'CRITICAL');

function asffMembers(parts: Parts) {
  const related = fc.array(some({ Id: parts.text }), { maxLength: 2 });
  return some({
    Title: parts.text,
    Types: parts.texts,
    Confidence: parts.amount,
    Criticality: parts.amount,
    CreatedAt: parts.moment,
    Compliance: some({
      AssociatedStandards: fc.array(some({ StandardsId: parts.text }), { maxLength: 2 }),
    }),
    RelatedFindings: related,
    Workflow: some({ Status: parts.text }),
    Note: some({ Text: parts.text }),
    UserDefinedFields: parts.map,
    ProductFields: parts.map,
    FindingProviderFields: some({
      Severity: some({ Label: fc.oneof(label, parts.text) }),
      Types: parts.texts,
      Confidence: parts.amount,
      RelatedFindings: related,
    }),
    a: parts.map,
  });
}

const asffResources = fc.array(
  fc.record({ Id: fc.constant('r'), Type: text, Tags: mapOfTexts }, { requiredKeys: ['Id'] }),
  { maxLength: 3 },
);

const asffBase = {
  Id: 'f',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
  GeneratorId: 'g',
  AwsAccountId: '111122223333',
};

/** A document that is valid, with nothing in it that has the wrong type. */
export const asffDocument: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .tuple(asffMembers(usual), asffResources, label)
  .map(([members, Resources, Label]) => ({
    ...members,
    ...asffBase,
    Resources,
    Severity: { Label },
  }));

function listed(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([name, value]) => ({ name, value }));
}

const pairs = mapOfTexts.map(listed);

function ocsfMembers(parts: Parts) {
  return some({
    comment: parts.text,
    confidence_score: parts.amount,
    compliance: some({ standards: parts.texts, control_parameters: pairs }),
    vulnerabilities: fc.array(
      some({
        is_fix_available: fc.boolean(),
        cve: some({
          uid: parts.text,
          cvss: fc.array(some({ base_score: parts.amount }), { maxLength: 2 }),
          epss: some({ score: parts.amount }),
        }),
      }),
      { maxLength: 2 },
    ),
    evidences: fc.array(
      some({
        src_endpoint: some({
          ip: fc.oneof(
            fc.constantFrom('10.1.2.3', '192.0.2.1', '2001:db8::1', '10.1.2'),
            parts.text,
          ),
        }),
      }),
      { maxLength: 2 },
    ),
    status: parts.text,
    vendor_attributes: some({ severity: parts.text, severity_id: parts.amount }),
  });
}

const ocsfResources = fc.array(
  fc.record(
    { uid: fc.constant('r'), type: text, tags: pairs, modified_time_dt: moment },
    { requiredKeys: ['uid'] },
  ),
  { maxLength: 3 },
);

function ocsfInfo(parts: Parts) {
  return some({ title: parts.text, types: parts.texts, created_time_dt: parts.moment });
}

const ocsfBase = {
  class_uid: 2003,
  cloud: { account: { uid: '111122223333' }, region: 'eu-west-1' },
  severity: 'High',
  severity_id: 4,
};

/** A document that is valid, with nothing in it that has the wrong type. */
export const ocsfDocument: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .tuple(ocsfMembers(usual), ocsfResources, ocsfInfo(usual))
  .map(([members, resources, info]) => ({
    ...members,
    ...ocsfBase,
    resources,
    finding_info: { ...info, uid: 'f' },
  }));

/** Findings whose documents hold anything, but for their resources. */
export const finding: fc.Arbitrary<Finding> = fc.oneof(
  fc
    .tuple(
      asffMembers(unusual),
      asffResources,
      orHostile(some({ Label: label, Normalized: amount })),
    )
    .map(([members, Resources, Severity]) => ({
      ...parseAsffFinding({ ...asffBase, Resources, Severity: { Label: 'LOW' } }),
      raw: { ...asffBase, ...members, Resources, Severity },
    })),
  fc
    .tuple(
      ocsfMembers(unusual),
      ocsfResources,
      orHostile(
        fc
          .tuple(
            ocsfInfo(unusual),
            some({ created_time: fc.constantFrom(1_760_000_000, 1.76e12, 1e300) }),
          )
          .map(([info, times]) => ({ ...info, ...times })),
      ),
    )
    .map(([members, resources, info]) => ({
      ...parseOcsfFinding({ ...ocsfBase, resources, finding_info: { uid: 'f' } }),
      raw: { ...ocsfBase, ...members, resources, finding_info: info },
    })),
  asffMembers(unusual).map((raw) => ({
    ...parseAsffFinding({ ...asffBase, Resources: [], Severity: { Label: 'LOW' } }),
    format: 'guardduty' as const,
    raw,
  })),
);

const oneOrMore: fc.Arbitrary<OneOrMore> = fc.oneof(text, fc.array(text, { maxLength: 2 }));

const fieldTest: fc.Arbitrary<FieldTest> = fc.record(
  {
    field: fc.constantFrom(
      ...([
        'Title',
        'Types',
        'Severity.Label',
        'Workflow.Status',
        'Note.Text',
        'a.a',
        'a',
      ] as const),
      ...([
        'ProductFields.a',
        'ProductFields.a b',
        'Resources.Type',
        'RelatedFindings.Id',
      ] as const),
      ...(['finding_info.title', 'status', 'comment', 'vulnerabilities.cve.epss.score'] as const),
      ...(['constructor', '__proto__.a', 'Resources.Tags.__proto__', 'a.constructor.a'] as const),
    ),
    equals: oneOrMore,
    prefix: oneOrMore,
    contains: oneOrMore,
    glob: fc.constantFrom('a*', '*', '?', '*b*', 'a?c', '**a', ''),
    matches: fc.constantFrom('^a', 'b$', '[A-Z]+', 'a.?c', '(?i)high'),
    exists: fc.boolean(),
    gte: amount,
    lte: amount,
  },
  { requiredKeys: ['field'] },
);

const ownerTest: fc.Arbitrary<OwnerTest> = fc.record(
  { owner: oneOrMore, team: oneOrMore, environment: oneOrMore },
  { requiredKeys: [] },
);

export const context: fc.Arbitrary<ResourceContext | undefined> = fc.option(
  fc.record(
    {
      owner: text,
      team: text,
      tags: mapOfTexts,
      unknown: fc.subarray(['owner', 'team', 'environment', 'tags']),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

const condition = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    asffCriteria.map((asff) => ({ asff })),
    ocsfCriteria.map((criteria) => ({ ocsf: criteria })),
    fieldTest.map((test) => ({ test })),
    fc.dictionary(key, oneOrMore, { maxKeys: 2 }).map((tags) => ({ tags })),
    ownerTest.map((owner) => ({ owner })),
    fc.constant({ always: true as const }),
    tie('condition').map((not) => ({ not })),
    fc.array(tie('condition'), { maxLength: 3 }).map((any) => ({ any })),
    fc.array(tie('condition'), { maxLength: 3 }).map((all) => ({ all })),
  ),
})).condition;

const actions: fc.Arbitrary<readonly Action[]> = fc.array(
  fc.oneof(
    fc
      .record(
        {
          severity: fc.constantFrom('HIGH' as const, 'LOW' as const),
          workflow: fc.constantFrom('NOTIFIED' as const, 'SUPPRESSED' as const),
          note: text,
          confidence: fc.constantFrom(1, 50),
          types: fc.array(text, { maxLength: 2 }),
          userDefinedFields: mapOfTexts,
        },
        { requiredKeys: [] },
      )
      .map((update) => ({ update })),
    fc.constant({ suppress: { reason: 'a', control: 'b' } }),
    fc.constant({ event: { bus: 'b' } }),
  ),
  { maxLength: 2 },
);

const rule: fc.Arbitrary<Omit<Rule, 'id' | 'name'>> = fc.record(
  {
    order: fc.constantFrom(1, 2, 3),
    enabled: fc.constantFrom(true, true, true, false),
    terminal: fc.constantFrom(false, false, false, true),
    expires: fc.constantFrom('2026-11-25T09:00:00Z', '2026-11-26'),
    branches: fc
      .array(fc.tuple(condition, actions), { minLength: 1, maxLength: 3 })
      .map(([first = [{ always: true } as const, []] as const, ...rest]) => [
        branchOf(...first),
        ...rest.map((one) => branchOf(...one)),
      ]),
  },
  { requiredKeys: ['order', 'enabled', 'terminal', 'branches'] },
);

function branchOf(when: Condition, then: readonly Action[] = []): Rule['branches'][0] {
  return { when, then };
}

/** Packs of either basis, a file each. */
export const packs: fc.Arbitrary<readonly RulePack[]> = fc
  .array(
    fc.tuple(
      fc.array(rule, { maxLength: 6 }),
      fc.constantFrom('original' as const, 'current' as const),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) =>
    all.map(([rules, evaluate], index) => ({
      name: `p${index}`,
      file: `${9 - index}.rules.yaml`,
      evaluate,
      rules: rules.map((one, at) => ({ ...one, id: `p${index}/r${at}`, name: `r${at}` })),
    })),
  );

/** A pack of rules that match every finding of which a condition is true. */
export function packOf(
  conditions: readonly Condition[],
  members: Partial<RulePack> = {},
): RulePack {
  const rules = conditions.map(
    (when, index): Rule => ({
      id: `pack/r${index}`,
      name: `r${index}`,
      order: 1,
      enabled: true,
      terminal: false,
      branches: [branchOf(when)],
    }),
  );
  return { name: 'pack', file: 'pack.rules.yaml', evaluate: 'original', rules, ...members };
}
