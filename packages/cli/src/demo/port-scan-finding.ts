import { createHash } from 'node:crypto';
import { formatArn, partitionOfRegion } from '@riposte/findings';
import type { AccountRegion } from '@riposte/local-stage';

/** A finding in ASFF. */
export interface AsffDocument {
  readonly Id: string;
  readonly [member: string]: unknown;
}

/**
 * GuardDuty's finding that an instance scans ports, as its integration writes it into Security Hub.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-ec2.html
 */
export function portScanFinding(
  { accountId, region }: AccountRegion,
  instance: string,
): AsffDocument {
  const place = { partition: partitionOfRegion(region), region };
  const at = new Date().toISOString();
  const detector = formatArn({
    ...{ ...place, service: 'guardduty', accountId },
    resource: `detector/${digest(`${accountId}|${region}`)}`,
  });
  const severity = { Label: 'MEDIUM', Normalized: 50, Product: 5 };
  const types = ['TTPs/Discovery/Recon:EC2-Portscan'];
  return {
    SchemaVersion: '2018-10-08',
    Id: `${detector}/finding/${digest(instance)}`,
    ProductArn: formatArn({
      ...{ ...place, service: 'securityhub', accountId: '' },
      resource: 'product/aws/guardduty',
    }),
    ...{ ProductName: 'GuardDuty', CompanyName: 'Amazon', GeneratorId: detector },
    ...{ AwsAccountId: accountId, Region: region, Types: types, Severity: severity },
    Title: `Outbound portscan from EC2 instance ${instance}.`,
    Description: `EC2 instance ${instance} is performing outbound port scans against remote host 203.0.113.66.`,
    ...{ FirstObservedAt: at, LastObservedAt: at, CreatedAt: at, UpdatedAt: at },
    Resources: [
      {
        Type: 'AwsEc2Instance',
        Id: formatArn({ ...place, service: 'ec2', accountId, resource: `instance/${instance}` }),
        Partition: place.partition,
        Region: region,
      },
    ],
    ...{ WorkflowState: 'NEW', Workflow: { Status: 'NEW' }, RecordState: 'ACTIVE' },
    FindingProviderFields: { Severity: severity, Types: types },
  };
}

function digest(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
