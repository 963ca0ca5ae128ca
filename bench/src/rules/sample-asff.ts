import type { Random } from './random.ts';
import { sampleDetails, sampleResource } from './sample-resource.ts';
import {
  accounts,
  controls,
  cves,
  packages,
  regions,
  severities,
  standards,
  threats,
} from './vocabulary.ts';

const scores: Readonly<Record<string, number>> = { CRITICAL: 90, HIGH: 70, MEDIUM: 40, LOW: 1 };
const namespaces = ['TTPs', 'Effects', 'Unusual Behaviors'] as const;

/** A finding in ASFF: of a control, GuardDuty or Inspector. */
export function asffSample(random: Random, index: number) {
  const account = random.pick(accounts);
  const region = random.pick(regions);
  const label = random.pick(severities);
  const made = random.pick([controlPart, controlPart, threatPart, vulnerabilityPart])(random);
  const { Types, ...part } = made;
  const resources = Array.from({ length: 1 + random.below(2) }, () =>
    resourceOf(random, account, region),
  );
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:securityhub:${region}:${account}:finding/${random.hex(32)}-${index}`,
    AwsAccountId: account,
    AwsAccountName: `account-${account.slice(-4)}`,
    CompanyName: 'AWS',
    Region: region,
    FirstObservedAt: dayOf(random),
    LastObservedAt: dayOf(random),
    CreatedAt: dayOf(random),
    UpdatedAt: '2026-11-24T20:10:00.000Z',
    Severity: { Label: label, Normalized: scores[label] ?? 0, Original: label },
    Confidence: 50 + random.below(50),
    Types,
    ...part,
    Resources: resources,
    Workflow: { Status: 'NEW' },
    WorkflowState: 'NEW',
    RecordState: random.chance(0.9) ? 'ACTIVE' : 'ARCHIVED',
    FindingProviderFields: { Severity: { Label: label, Original: label }, Types },
    ProcessedAt: '2026-11-24T20:10:07.512Z',
  };
}

function resourceOf(random: Random, account: string, region: string) {
  const resource = sampleResource(random, account, region);
  return {
    Type: resource.types[0],
    Id: resource.arn,
    Partition: 'aws',
    Region: region,
    Tags: resource.tags,
    Details: { [resource.types[0]]: sampleDetails(random, resource) },
  };
}

function dayOf(random: Random): string {
  return new Date(Date.UTC(2026, 10, 24) - random.below(120) * 86_400_000).toISOString();
}

function productOf(name: string, product: string) {
  return {
    ProductArn: `arn:aws:securityhub:eu-west-1::product/aws/${product}`,
    ProductName: name,
    ProductFields: {
      'aws/securityhub/ProductName': name,
      'aws/securityhub/CompanyName': 'AWS',
      'aws/securityhub/FindingId': `arn:aws:securityhub:eu-west-1::product/aws/${product}/finding`,
      RelatedAWSResources: `securityhub-${product}-rule-1a2b3c4d/AWS::Config::ConfigRule`,
      resourceOwner: `team-${product}`,
      'aws/securityhub/annotation': 'Evaluated by the product, and sent when it changed.',
    },
  };
}

function controlPart(random: Random) {
  const control = random.pick(controls);
  return {
    ...productOf('Security Hub', 'securityhub'),
    GeneratorId: `security-control/${control}`,
    Title: `${control} resources should be configured as the control says`,
    Description: `This control checks whether resources of ${control.split('.')[0]} are configured as recommended. It fails where public access, encryption at rest or logging is not as the standard requires, and is evaluated on every change of configuration.`,
    Remediation: {
      Recommendation: {
        Text: 'For directions on how to fix this issue, consult the documentation of the control.',
        Url: `https://docs.example.com/controls/${control}/remediation`,
      },
    },
    Compliance: {
      Status: random.chance(0.8) ? 'FAILED' : 'PASSED',
      SecurityControlId: control,
      AssociatedStandards: standards
        .filter(() => random.chance(0.6))
        .map((StandardsId) => ({ StandardsId })),
      RelatedRequirements: ['PCI DSS 1.2.1', 'NIST.800-53.r5 AC-3', 'NIST.800-53.r5 SC-7(4)'],
    },
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
  };
}

function threatPart(random: Random) {
  const threat = random.pick(threats);
  return {
    ...productOf('GuardDuty', 'guardduty'),
    GeneratorId: `arn:aws:guardduty:eu-west-1:111122223333:detector/${random.hex(32)}`,
    Title: `Something like ${threat.split(':')[0]} was seen on a resource`,
    Description: `Calls that match ${threat} were made from 198.51.100.${random.below(255)}, an address that is on a list of threats and that was not seen before in this account.`,
    SourceUrl: `https://console.aws.amazon.com/guardduty/home?region=eu-west-1#/findings?id=${random.hex(32)}`,
    Network: {
      Direction: 'INBOUND',
      SourceIpV4: '198.51.100.7',
      SourcePort: 1024 + random.below(60_000),
    },
    Types: [`${random.pick(namespaces)}/${threat.replace('/', '-')}`],
  };
}

function vulnerabilityPart(random: Random) {
  const cve = random.pick(cves);
  const name = random.pick(packages);
  return {
    ...productOf('Inspector', 'inspector'),
    GeneratorId: 'AWSInspector',
    Title: `${cve} - ${name}`,
    Description: `A flaw in ${name} lets a remote attacker read memory of the process. It is known as ${cve}; versions before the one that is named below are affected, whichever way they were installed.`,
    Vulnerabilities: [
      {
        Id: cve,
        FixAvailable: random.chance(0.7) ? 'YES' : 'NO',
        ExploitAvailable: random.chance(0.2) ? 'YES' : 'NO',
        EpssScore: random.below(1000) / 1000,
        Cvss: [{ BaseScore: random.below(100) / 10, Version: '3.1', Source: 'NVD' }],
        VulnerablePackages: [
          { Name: name, Version: `1.${random.below(30)}.${random.below(9)}`, PackageManager: 'OS' },
          { Name: `${name}-devel`, Version: `1.${random.below(30)}.0`, PackageManager: 'OS' },
        ],
        ReferenceUrls: [`https://example.com/advisories/${cve}`, `https://example.org/${cve}`],
      },
    ],
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
  };
}
