import { stringify } from 'yaml';

const controls = ['S3.1', 'S3.8', 'EC2.8', 'IAM.6', 'RDS.3', 'Lambda.2', 'CloudTrail.1', 'KMS.4'];
const labels = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];
const teams = ['payments', 'search', 'platform', 'data'];

/** A folder of so many rules of every kind, as organizations have them; some match much, some nothing. */
export function ruleFiles(howMany: number): Readonly<Record<string, string>> {
  const rules = Array.from({ length: howMany }, (_, at) => ({
    name: `rule-${at}`,
    description: `Rule ${at} of a folder that looks like one that somebody uses.`,
    order: at + 1,
    when: conditionOf(at),
    then: [actionOf(at)],
  }));
  const channels = [
    { name: 'alerts', type: 'sns', topic: 'arn:aws:sns:eu-west-1:123456789012:alerts' },
    { name: 'on-call', type: 'pagerduty', secret: 'riposte/pagerduty' },
  ];
  const ownership = [{ resources: ['arn:aws:s3:::bucket-*'], owner: 'ann', environment: 'test' }];
  return {
    'many.rules.yaml': stringify({ pack: 'many', rules }),
    'channels.yaml': stringify({ channels }),
    'owners.yaml': stringify({ ownership }),
  };
}

function conditionOf(at: number): object {
  const control = controls[at % controls.length];
  const equals = (Value: unknown) => ({ Value, Comparison: 'EQUALS' });
  const conditions: readonly object[] = [
    {
      asff: {
        ComplianceSecurityControlId: [equals(control)],
        SeverityLabel: [equals(labels[at % labels.length])],
        AwsAccountId: [equals(`${100_000_000_000 + (at % 24)}`)],
      },
    },
    {
      all: [
        { tags: { team: [teams[at % 4], teams[(at + 1) % 4]] } },
        { asff: { Title: [{ Value: 'encrypt', Comparison: 'CONTAINS' }] } },
      ],
    },
    {
      ocsf: {
        CompositeFilters: [
          { StringFilters: [{ FieldName: 'compliance.control', Filter: equals(control) }] },
        ],
      },
    },
    {
      all: [
        {
          test: { field: 'ProductFields.aws/securityhub/field3', matches: `finding ${at}\\d\\d,` },
        },
        { not: { asff: { ResourceId: [{ Value: `bucket-${at}`, Comparison: 'CONTAINS' }] } } },
      ],
    },
    {
      all: [
        { owner: { team: [teams[at % 4]] } },
        { asff: { UpdatedAt: [{ DateRange: { Value: 30, Unit: 'DAYS' } }] } },
      ],
    },
  ];
  return conditions[at % conditions.length] ?? { always: true };
}

function actionOf(at: number): object {
  const actions: readonly object[] = [
    { update: { severity: 'HIGH', note: `Raised by rule ${at}` } },
    { notify: { channel: at % 8 === 1 ? 'on-call' : 'alerts' } },
    { suppress: { reason: `Accepted risk ${at}`, control: `C-${at}` } },
    { remediate: { action: `s3-block-public-access` } },
    { evidence: { frameworks: ['PCI DSS'] } },
  ];
  return actions[(at * 3 + Math.floor(at / 5)) % actions.length] ?? { evidence: {} };
}
