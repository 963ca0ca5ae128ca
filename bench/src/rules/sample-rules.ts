import type {
  Action,
  AsffCriteria,
  Condition,
  OcsfFilter,
  Rule,
  RulePack,
  StringComparison,
  StringFilter,
} from '@riposte/rules';
import { type Random, randomFrom } from './random.ts';
import {
  accounts,
  applications,
  controls,
  cves,
  environments,
  packages,
  regions,
  resourceTypes,
  threats,
} from './vocabulary.ts';

/** A set of rules as an organization has them: of each kind so many in a hundred. */
export function sampleRules(count: number, seed = 7): RulePack {
  const random = randomFrom(seed);
  const rules = Array.from({ length: count }, (_, index): Rule => {
    const when = conditionOf(random);
    return {
      id: `sample/rule-${index}`,
      name: `rule-${index}`,
      order: 1 + random.below(1000),
      enabled: true,
      terminal: random.chance(0.01),
      branches: [branchOf(when, actionOf(random))],
    };
  });
  return { name: 'sample', evaluate: 'original', file: 'sample.rules.yaml', rules };
}

function branchOf(when: Condition, action: Action): Rule['branches'][0] {
  return { when, then: [action] };
}

function actionOf(random: Random): Action {
  return random.chance(0.5)
    ? { update: { severity: random.pick(['LOW', 'HIGH', 'CRITICAL']) } }
    : { suppress: { reason: 'accepted', control: 'WAF-7' } };
}

const kinds: readonly (readonly [inHundred: number, (random: Random) => Condition])[] = [
  [30, acceptedControl],
  [20, threatInAccounts],
  [12, vulnerability],
  [10, ownedResources],
  [10, resourceKinds],
  [5, taggedResources],
  [5, oldFinding],
  [4, namedResources],
  [3, confidentThreat],
  [1, exceptRegions],
];

function conditionOf(random: Random): Condition {
  let rest = random.below(100);
  const kind = kinds.find(([inHundred]) => {
    rest -= inHundred;
    return rest < 0;
  });
  return (kind?.[1] ?? acceptedControl)(random);
}

function filters(comparison: StringComparison, ...values: readonly string[]) {
  return values.map((Value): StringFilter => ({ Value, Comparison: comparison }));
}

function named(name: string, texts: readonly StringFilter[]): readonly OcsfFilter<StringFilter>[] {
  return texts.map((Filter) => ({ FieldName: name, Filter }));
}

function some<T>(random: Random, values: readonly [T, ...T[]], most: number): readonly T[] {
  return [...new Set(Array.from({ length: 1 + random.below(most) }, () => random.pick(values)))];
}

/** For ASFF, OCSF or both, as rules are that were migrated or are being so. */
function inFormat(random: Random, asff: AsffCriteria, ocsf: Condition): Condition {
  const written = random.below(10);
  if (written < 4) return { asff };
  return written < 7 ? ocsf : { any: [{ asff }, ocsf] };
}

function acceptedControl(random: Random): Condition {
  const control = filters('EQUALS', ...some(random, controls, 3));
  const account = filters('EQUALS', ...some(random, accounts, 5));
  return inFormat(
    random,
    {
      ComplianceSecurityControlId: control,
      AwsAccountId: account,
      RecordState: filters('EQUALS', 'ACTIVE'),
      WorkflowStatus: filters('EQUALS', 'NEW'),
    },
    {
      ocsf: {
        CompositeFilters: [
          { Operator: 'OR', StringFilters: named('compliance.control', control) },
          { Operator: 'OR', StringFilters: named('cloud.account.uid', account) },
          { StringFilters: named('activity_name', filters('NOT_EQUALS', 'Close')) },
        ],
      },
    },
  );
}

function threatInAccounts(random: Random): Condition {
  const account = filters('EQUALS', ...some(random, accounts, 10));
  const threat = random.pick(threats);
  const [family = ''] = threat.split(':');
  return inFormat(
    random,
    {
      ProductName: filters('EQUALS', 'GuardDuty'),
      SeverityLabel: filters('EQUALS', 'HIGH', 'CRITICAL'),
      AwsAccountId: account,
      Type: filters('PREFIX', `TTPs/${family}`, `Effects/${family}`),
    },
    {
      ocsf: {
        CompositeFilters: [
          { StringFilters: named('metadata.product.name', filters('EQUALS', 'GuardDuty')) },
          { Operator: 'OR', StringFilters: named('cloud.account.uid', account) },
          {
            Operator: 'OR',
            StringFilters: [
              ...named('finding_info.types', filters('PREFIX', `${family}:`)),
              ...named('finding_info.types', filters('EQUALS', threat)),
            ],
          },
          {
            Operator: 'OR',
            StringFilters: named(
              'vendor_attributes.severity',
              filters('EQUALS', 'High', 'Critical'),
            ),
          },
        ],
      },
    },
  );
}

function vulnerability(random: Random): Condition {
  const part = random.chance(0.6) ? random.pick(cves) : random.pick(packages);
  return inFormat(
    random,
    {
      ProductName: filters('EQUALS', 'Inspector'),
      Title: filters(random.chance(0.5) ? 'CONTAINS' : 'PREFIX', part),
      SeverityLabel: filters('NOT_EQUALS', 'LOW', 'INFORMATIONAL'),
    },
    {
      ocsf: {
        CompositeFilters: [
          {
            StringFilters: named('vulnerabilities.cve.uid', filters('EQUALS', random.pick(cves))),
            BooleanFilters: [
              { FieldName: 'vulnerabilities.is_fix_available', Filter: { Value: true } },
            ],
            NumberFilters: [
              { FieldName: 'vulnerabilities.cve.cvss.base_score', Filter: { Gte: 7 } },
            ],
          },
        ],
      },
    },
  );
}

function ownedResources(random: Random): Condition {
  const application = random.pick(applications);
  return inFormat(
    random,
    {
      ResourceTags: [{ Key: 'application', Value: application, Comparison: 'EQUALS' }],
      ResourceType: filters('PREFIX', 'AwsEc2', 'AwsRds'),
      SeverityLabel: filters('EQUALS', 'MEDIUM', 'HIGH'),
      AwsAccountId: filters('EQUALS', ...some(random, accounts, 6)),
    },
    {
      ocsf: {
        CompositeFilters: [
          {
            MapFilters: [
              {
                FieldName: 'resources.tags',
                Filter: { Key: 'application', Value: application, Comparison: 'EQUALS' },
              },
            ],
            StringFilters: named('resources.type', filters('PREFIX', 'AWS::EC2::')),
          },
          {
            Operator: 'OR',
            StringFilters: named(
              'cloud.account.uid',
              filters('EQUALS', ...some(random, accounts, 6)),
            ),
          },
        ],
      },
    },
  );
}

function resourceKinds(random: Random): Condition {
  const [asff, ocsf] = random.pick(resourceTypes);
  const region = filters('EQUALS', random.pick(regions));
  return inFormat(
    random,
    {
      ResourceType: [...filters('PREFIX', asff.slice(0, 6)), ...filters('NOT_EQUALS', asff)],
      ResourceRegion: region,
      ComplianceStatus: filters('EQUALS', 'FAILED', 'WARNING'),
      GeneratorId: filters('PREFIX', `security-control/${random.pick(controls)}`),
    },
    {
      ocsf: {
        CompositeFilters: [
          {
            StringFilters: [
              ...named('resources.type', filters('EQUALS', ocsf)),
              ...named('cloud.region', region),
              ...named('compliance.control', filters('PREFIX', random.pick(controls).slice(0, -1))),
              ...named('compliance.status', filters('NOT_EQUALS', 'Pass')),
            ],
          },
        ],
      },
    },
  );
}

function taggedResources(random: Random): Condition {
  return {
    all: [
      { tags: { application: random.pick(applications), environment: random.pick(environments) } },
      { tags: { owner: some(random, ['team-1', 'team-2', 'team-3', 'team-4'], 2) } },
      { not: { tags: { 'cost-center': '000000' } } },
    ],
  };
}

function oldFinding(random: Random): Condition {
  const days = 30 + random.below(60);
  const account = filters('EQUALS', random.pick(accounts));
  const range = { Value: days, Unit: 'DAYS' } as const;
  return inFormat(
    random,
    {
      AwsAccountId: account,
      CreatedAt: [{ DateRange: range }],
      SeverityLabel: filters('EQUALS', 'LOW', 'INFORMATIONAL'),
    },
    {
      ocsf: {
        CompositeFilters: [
          {
            StringFilters: named('cloud.account.uid', account),
            DateFilters: [
              { FieldName: 'finding_info.created_time_dt', Filter: { DateRange: range } },
            ],
          },
        ],
      },
    },
  );
}

function namedResources(random: Random): Condition {
  const application = random.pick(applications);
  return {
    any: [
      {
        all: [
          { test: { field: 'Resources.Id', glob: `arn:aws:*:${application}-*${random.hex(1)}` } },
          { test: { field: 'AwsAccountId', equals: random.pick(accounts) } },
        ],
      },
      {
        all: [
          { test: { field: 'cloud.account.uid', equals: random.pick(accounts) } },
          { test: { field: 'resources.name', matches: `^${application}-[0-9a-f]+$` } },
        ],
      },
    ],
  };
}

function confidentThreat(random: Random): Condition {
  const confidence = 60 + random.below(35);
  return inFormat(
    random,
    {
      ProductName: filters('EQUALS', 'GuardDuty'),
      Confidence: [{ Gte: confidence }],
      Region: filters('EQUALS', random.pick(regions)),
    },
    {
      ocsf: {
        CompositeFilters: [
          {
            StringFilters: named('class_name', filters('EQUALS', 'Detection Finding')),
            NumberFilters: [{ FieldName: 'confidence_score', Filter: { Gte: confidence } }],
          },
        ],
      },
    },
  );
}

function exceptRegions(random: Random): Condition {
  const region = filters('NOT_EQUALS', random.pick(regions));
  return inFormat(
    random,
    { Region: region, SeverityLabel: filters('NOT_EQUALS', 'LOW') },
    {
      ocsf: {
        CompositeFilters: [
          {
            StringFilters: [
              ...named('cloud.region', region),
              ...named('vendor_attributes.severity', filters('NOT_EQUALS', 'Low')),
            ],
          },
        ],
      },
    },
  );
}
