import {
  GetDetectorCommand,
  GuardDutyClient,
  ListDetectorsCommand,
} from '@aws-sdk/client-guardduty';
import {
  DescribeOrganizationCommand,
  OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import {
  DescribeHubCommand,
  GetFindingAggregatorCommand,
  ListFindingAggregatorsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { ClientConfig } from '../../aws/connection.ts';
import type { DoctorPorts } from '../ports.ts';

type Senses = Pick<DoctorPorts, 'securityHub' | 'isGuardDutyEnabled' | 'accounts'>;

/** Security Hub, GuardDuty and Organizations, as checks ask them. */
export function senses(config: ClientConfig): Senses {
  const hub = new SecurityHubClient(config);
  return {
    securityHub: {
      isEnabled: () => isThere(hub.send(new DescribeHubCommand({})), hubIsOff),
      aggregation: () => aggregationOf(hub),
    },
    async isGuardDutyEnabled() {
      const client = new GuardDutyClient(config);
      const { DetectorIds: [DetectorId] = [] } = await client.send(new ListDetectorsCommand({}));
      if (DetectorId === undefined) return false;
      return (await client.send(new GetDetectorCommand({ DetectorId }))).Status === 'ENABLED';
    },
    async accounts() {
      const client = new OrganizationsClient(config);
      const isMember = await isThere(client.send(new DescribeOrganizationCommand({})), [
        'AWSOrganizationsNotInUseException',
      ]);
      return isMember ? activeAccounts(client) : undefined;
    },
  };
}

const hubIsOff = ['InvalidAccessException', 'ResourceNotFoundException'];

async function aggregationOf(client: SecurityHubClient) {
  const { FindingAggregators: [first] = [] } = await client.send(
    new ListFindingAggregatorsCommand({}),
  );
  if (first?.FindingAggregatorArn === undefined) return undefined;
  const { FindingAggregatorArn } = first;
  const aggregator = await client.send(new GetFindingAggregatorCommand({ FindingAggregatorArn }));
  return {
    region: aggregator.FindingAggregationRegion ?? '',
    linked: aggregator.RegionLinkingMode === 'SPECIFIED_REGIONS' ? (aggregator.Regions ?? []) : [],
  };
}

async function activeAccounts(client: OrganizationsClient): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { Accounts = [] } of paginateListAccounts({ client }, {})) {
    for (const { Id, Status } of Accounts) if (Id && Status === 'ACTIVE') found.push(Id);
  }
  return found;
}

/** False where AWS answers one of the codes that mean 'not there'. */
async function isThere(reply: Promise<unknown>, codes: readonly string[]): Promise<boolean> {
  try {
    await reply;
    return true;
  } catch (error) {
    if (error instanceof Error && codes.includes(error.name)) return false;
    throw error;
  }
}
