import { readFile } from 'node:fs/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import type { AccountRegion, Stage } from '@riposte/local-stage';
import { eventually } from './eventually.ts';
import { lookSettings } from './look-settings.ts';

const templates = new URL('../../services/foundation/templates/', import.meta.url);

/** Deploys foundation's forwarder into an account-Region, so that its events reach home. */
export function deployForwarder(stage: Stage, place: AccountRegion): Promise<void> {
  return createStack(stage, place, {
    name: 'riposte-forwarder-local',
    file: 'forwarder.yml',
    parameters: { Stage: 'local', HomeAccountId: stage.accountId, HomeRegion: stage.region },
  });
}

/** Deploys foundation's member role into an account, so that the guard can act there. */
export function deployMemberRole(stage: Stage, place: AccountRegion): Promise<void> {
  return createStack(stage, place, {
    name: 'riposte-member-local',
    file: 'member-role.yml',
    parameters: {
      Stage: 'local',
      HomeAccountId: stage.accountId,
      OrganizationId: 'o-abcd123456',
    },
  });
}

interface Template {
  readonly name: string;
  readonly file: string;
  readonly parameters: Readonly<Record<string, string>>;
}

async function createStack(
  stage: Stage,
  place: AccountRegion,
  { name: StackName, file, parameters }: Template,
): Promise<void> {
  const stacks = new CloudFormationClient(lookSettings(stage, place));
  try {
    await stacks.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: await readFile(new URL(file, templates), 'utf8'),
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        })),
      }),
    );
    await eventually(`${StackName} in ${place.accountId} ${place.region}`, async () => {
      const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName }));
      return Stacks?.[0]?.StackStatus === 'CREATE_COMPLETE' || undefined;
    });
  } finally {
    stacks.destroy();
  }
}
