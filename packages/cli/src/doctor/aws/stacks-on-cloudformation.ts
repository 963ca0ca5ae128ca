import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackInstancesCommand,
  paginateDescribeStacks,
  paginateListStackResources,
  type StackInstanceSummary,
} from '@aws-sdk/client-cloudformation';
import type { Connection } from '../../aws/connection.ts';
import { exportsOf } from '../../aws/exports.ts';
import type { StackInstance, Stacks } from '../ports.ts';

/** `Stacks` on CloudFormation. */
export function stacksOnCloudFormation({ config, stage }: Connection): Stacks {
  const client = new CloudFormationClient(config);
  return {
    async status(StackName, region = config.region) {
      const there =
        region === config.region ? client : new CloudFormationClient({ ...config, region });
      try {
        const { Stacks: stacks = [] } = await there.send(new DescribeStacksCommand({ StackName }));
        return stacks[0]?.StackStatus;
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    exports: () => exportsOf(config, `riposte-${stage}-`),
    async names() {
      const found: string[] = [];
      for await (const { Stacks: stacks = [] } of paginateDescribeStacks({ client }, {})) {
        found.push(...stacks.flatMap(({ StackName }) => (StackName ? [StackName] : [])));
      }
      return found.filter((name) => name.startsWith('riposte-') && name.endsWith(`-${stage}`));
    },
    async resources(StackName) {
      const found: { readonly type: string; readonly physicalId: string }[] = [];
      for await (const { StackResourceSummaries = [] } of paginateListStackResources(
        { client },
        { StackName },
      )) {
        for (const { ResourceType = '', PhysicalResourceId = '' } of StackResourceSummaries) {
          found.push({ type: ResourceType, physicalId: PhysicalResourceId });
        }
      }
      return found;
    },
    async instances(name) {
      return (
        (await instancesAs(client, name, 'SELF')) ??
        (await instancesAs(client, name, 'DELEGATED_ADMIN'))
      );
    },
  };
}

/** A stack set is seen by its management account, or by a delegated administrator who says so. */
async function instancesAs(
  client: CloudFormationClient,
  StackSetName: string,
  CallAs: 'SELF' | 'DELEGATED_ADMIN',
): Promise<readonly StackInstance[] | undefined> {
  const found: StackInstance[] = [];
  let NextToken: string | undefined;
  try {
    do {
      const page = await client.send(
        new ListStackInstancesCommand({ StackSetName, CallAs, NextToken }),
      );
      found.push(...(page.Summaries ?? []).map(instanceOf));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  } catch (error) {
    const isNotDelegated =
      CallAs === 'DELEGATED_ADMIN' && error instanceof Error && error.name === 'ValidationError';
    if (isNotDelegated || (error instanceof Error && error.name === 'StackSetNotFoundException'))
      return undefined;
    throw error;
  }
  return found;
}

function instanceOf({
  Account = '',
  Region = '',
  Status,
  StackInstanceStatus,
}: StackInstanceSummary): StackInstance {
  const isDone = StackInstanceStatus?.DetailedStatus ?? 'SUCCEEDED';
  return {
    accountId: Account,
    region: Region,
    isCurrent: Status === 'CURRENT' && isDone === 'SUCCEEDED',
  };
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && /does not exist/.test(error.message);
}
