import type { Random } from './random.ts';
import { applications, environments, resourceTypes } from './vocabulary.ts';

/** A resource that a sample is about, in no format yet. */
export interface SampleResource {
  readonly types: readonly [asff: string, ocsf: string];
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

export function sampleResource(random: Random, account: string, region: string): SampleResource {
  const types = random.pick(resourceTypes);
  const application = random.pick(applications);
  const name = `${application}-${random.hex(12)}`;
  return {
    types,
    name,
    region,
    arn: `arn:aws:${types[1].split('::')[1]?.toLowerCase()}:${region}:${account}:${name}`,
    tags: {
      application,
      environment: random.pick(environments),
      owner: `team-${random.below(12)}`,
      'cost-center': random.digits(6),
      'aws:cloudformation:stack-name': `${application}-stack-${random.hex(6)}`,
    },
  };
}

/** What products say of a resource: enough to make a finding as long as real ones are. */
export function sampleDetails(random: Random, { name, region }: SampleResource) {
  return {
    CreatedAt: '2025-04-11T21:52:17.000Z',
    VpcId: `vpc-${random.hex(17)}`,
    SubnetId: `subnet-${random.hex(17)}`,
    NetworkInterfaces: Array.from({ length: 4 }, () => ({
      NetworkInterfaceId: `eni-${random.hex(17)}`,
      PrivateIpAddress: `10.${random.below(255)}.${random.below(255)}.${random.below(255)}`,
      SecurityGroups: [`sg-${random.hex(17)}`, `sg-${random.hex(17)}`],
    })),
    IamInstanceProfileArn: `arn:aws:iam::${random.digits(12)}:instance-profile/${name}`,
    LaunchedBy: `arn:aws:sts::${random.digits(12)}:assumed-role/deployment-${name}/pipeline`,
    KeyName: `key-${region}-${random.hex(8)}`,
  };
}
