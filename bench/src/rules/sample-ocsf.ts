import type { Random } from './random.ts';
import { sampleDetails, sampleResource } from './sample-resource.ts';
import { accounts, controls, cves, packages, regions, standards, threats } from './vocabulary.ts';

type Severity = readonly [id: number, name: string];

const severities: readonly [Severity, ...Severity[]] = [
  [5, 'Critical'],
  [4, 'High'],
  [3, 'Medium'],
  [3, 'Medium'],
  [2, 'Low'],
  [1, 'Informational'],
];

/** A finding in OCSF: of a control, GuardDuty or Inspector. */
export function ocsfSample(random: Random, index: number) {
  const account = random.pick(accounts);
  const region = random.pick(regions);
  const [severityId, severity] = random.pick(severities);
  const made = random.pick([controlPart, controlPart, threatPart, vulnerabilityPart])(random);
  const { info, product, ...part } = made;
  const created = Date.UTC(2026, 10, 24) - random.below(120) * 86_400_000;
  return {
    activity_id: 1,
    activity_name: random.chance(0.9) ? 'Create' : 'Close',
    category_name: 'Findings',
    category_uid: 2,
    cloud: {
      account: { uid: account, name: `account-${account.slice(-4)}` },
      provider: 'AWS',
      region,
    },
    finding_info: {
      ...info,
      uid: `arn:aws:securityhub:${region}:${account}:finding/${random.hex(32)}-${index}`,
      created_time: created,
      created_time_dt: new Date(created).toISOString(),
      first_seen_time: created,
      first_seen_time_dt: new Date(created).toISOString(),
      modified_time_dt: '2026-11-24T20:10:00.000Z',
    },
    metadata: {
      product: {
        name: product,
        uid: `arn:aws:securityhub:${region}::productv2/aws/${product.toLowerCase().replace(' ', '')}`,
        vendor_name: 'AWS',
      },
      profiles: ['cloud', 'datetime'],
      uid: random.hex(64),
      version: '1.6.0',
    },
    ...part,
    resources: Array.from({ length: 1 + random.below(2) }, () =>
      resourceOf(random, account, region),
    ),
    severity,
    severity_id: severityId,
    status: 'New',
    status_id: 1,
    time: created,
    vendor_attributes: { severity, severity_id: severityId },
  };
}

function resourceOf(random: Random, account: string, region: string) {
  const resource = sampleResource(random, account, region);
  return {
    cloud_partition: 'aws',
    region,
    type: resource.types[1],
    name: resource.name,
    uid: resource.name,
    uid_alt: resource.arn,
    owner: { account: { uid: account } },
    tags: Object.entries(resource.tags).map(([name, value]) => ({ name, value })),
    data: sampleDetails(random, resource),
  };
}

function controlPart(random: Random) {
  const control = random.pick(controls);
  const isFailed = random.chance(0.8);
  return {
    class_name: 'Compliance Finding',
    class_uid: 2003,
    product: 'Security Hub',
    info: {
      title: `Resources of ${control} should be configured as the control says`,
      desc: `This control checks whether resources of ${control.split('.')[0]} are configured as recommended. It fails where public access, encryption at rest or logging is not as the standard requires, and is evaluated on every change of configuration.`,
      types: [
        'Software and Configuration Checks/Industry and Regulatory Standards',
        'Posture Management',
      ],
      analytic: { category: 'AWS::Config::ConfigRule', type: 'Rule', type_id: 1 },
    },
    compliance: {
      control,
      status: isFailed ? 'Fail' : 'Pass',
      status_id: isFailed ? 3 : 1,
      standards: standards.filter(() => random.chance(0.6)),
      requirements: ['PCI DSS 1.2.1', 'NIST.800-53.r5 AC-3', 'NIST.800-53.r5 SC-7(4)'],
      assessments: [{ name: 'Configuration', category: 'Posture', meets_criteria: !isFailed }],
    },
    remediation: {
      desc: 'For directions on how to fix this issue, consult the documentation of the control.',
      references: [`https://docs.example.com/controls/${control}/remediation`],
    },
  };
}

function threatPart(random: Random) {
  const threat = random.pick(threats);
  const address = () => `198.51.100.${random.below(255)}`;
  return {
    class_name: 'Detection Finding',
    class_uid: 2004,
    product: 'GuardDuty',
    info: {
      title: `Something like ${threat.split(':')[0]} was seen on a resource`,
      desc: `Calls that match ${threat} were made from an address that is on a list of threats and that was not seen before in this account.`,
      types: [threat],
      src_url: `https://console.aws.amazon.com/guardduty/home?region=eu-west-1#/findings?id=${random.hex(32)}`,
    },
    confidence_score: 50 + random.below(50),
    evidences: Array.from({ length: 2 }, () => ({
      api: { operation: 'DescribeInstances', service: { name: 'ec2.amazonaws.com' } },
      connection_info: { direction: 'Inbound', protocol_name: 'TCP' },
      src_endpoint: {
        ip: address(),
        port: 1024 + random.below(60_000),
        location: { city: 'Lyon' },
      },
    })),
  };
}

function vulnerabilityPart(random: Random) {
  const cve = random.pick(cves);
  const name = random.pick(packages);
  return {
    class_name: 'Vulnerability Finding',
    class_uid: 2002,
    product: 'Inspector',
    info: {
      title: `${cve} - ${name}`,
      desc: `A flaw in ${name} lets a remote attacker read memory of the process. It is known as ${cve}; versions before the one that is named below are affected, whichever way they were installed.`,
      types: ['Software and Configuration Checks/Vulnerabilities/CVE', 'Vulnerabilities'],
    },
    vulnerabilities: [
      {
        cve: {
          uid: cve,
          cvss: [{ base_score: random.below(100) / 10, version: '3.1', vendor_name: 'NVD' }],
          epss: { score: String(random.below(1000) / 1000) },
        },
        affected_packages: [
          { name, version: `1.${random.below(30)}.${random.below(9)}`, package_manager: 'OS' },
          { name: `${name}-devel`, version: `1.${random.below(30)}.0`, package_manager: 'OS' },
        ],
        fix_coverage: 'Complete',
        is_fix_available: random.chance(0.7),
        is_exploit_available: random.chance(0.2),
        references: [`https://example.com/advisories/${cve}`, `https://example.org/${cve}`],
        severity: 'MEDIUM',
      },
    ],
  };
}
