import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import {
  GetFunctionCommand,
  LambdaClient,
  paginateListEventSourceMappings,
  paginateListFunctionEventInvokeConfigs,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import type { AccountRegion, Stage } from '@riposte/local-stage';
import { lookSettings } from '../guard/look-settings.ts';
import { isObject, type JsonObject, listAt, textAt, textsAt } from '../templates/json.ts';
import { type BehalfFacts, onBehalf } from './on-behalf.ts';

/** One action on one resource, as a statement of a policy allows it. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
  readonly condition?: JsonObject;
}

/** Who may do what. */
export interface Grantee {
  /** The function's or role's short name. */
  readonly name: string;
  readonly grants: readonly Grant[];
  /** What AWS does with the role itself, which no call shows. */
  readonly onBehalf: readonly Grant[];
}

/**
 * Every function of Riposte that is deployed, with what its role allows, read back from the stage.
 *
 * @param service whose functions; all when absent
 */
export async function deployedFunctions(
  stage: Stage,
  service = 'riposte',
): Promise<readonly Grantee[]> {
  const lambda = new LambdaClient(lookSettings(stage));
  const functions: Grantee[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    for (const { FunctionName = '' } of Functions) {
      if (FunctionName.startsWith(`${service}-`)) functions.push(await functionNamed(FunctionName));
    }
  }
  lambda.destroy();
  return functions;

  async function functionNamed(FunctionName: string): Promise<Grantee> {
    const { Configuration = {} } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    const { Role = '', FunctionArn: arn = '', TracingConfig } = Configuration;
    const sources: string[] = [];
    const destinations: string[] = [];
    for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings(
      { client: lambda },
      { FunctionName },
    )) {
      for (const { EventSourceArn = '', DestinationConfig } of EventSourceMappings) {
        sources.push(EventSourceArn);
        destinations.push(DestinationConfig?.OnFailure?.Destination ?? '');
      }
    }
    for await (const { FunctionEventInvokeConfigs = [] } of paginateListFunctionEventInvokeConfigs(
      { client: lambda },
      { FunctionName },
    )) {
      for (const { DestinationConfig } of FunctionEventInvokeConfigs) {
        destinations.push(DestinationConfig?.OnFailure?.Destination ?? '');
      }
    }
    const grants = await roleGrants(stage, Role.split('/').at(-1) ?? '');
    const facts: BehalfFacts = {
      functionArn: arn,
      isTraced: TracingConfig?.Mode === 'Active',
      sources,
      destinations: destinations.filter((destination) => destination !== ''),
      grants,
    };
    const name = Configuration.Environment?.Variables?.RIPOSTE_FUNCTION ?? '';
    return { name, grants, onBehalf: onBehalf(facts) };
  }
}

/**
 * What a role allows, action by action and resource by resource.
 *
 * @throws RangeError where it has a managed policy: those are nobody's least privilege.
 */
export async function roleGrants(
  stage: Stage,
  RoleName: string,
  place: Partial<AccountRegion> = {},
): Promise<readonly Grant[]> {
  const iam = new IAMClient(lookSettings(stage, place));
  try {
    await iam.send(new GetRoleCommand({ RoleName }));
    const { AttachedPolicies = [] } = await iam.send(
      new ListAttachedRolePoliciesCommand({ RoleName }),
    );
    if (AttachedPolicies.length > 0) throw new RangeError(`${RoleName} has a managed policy`);
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    const grants: Grant[] = [];
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument = '' } = await iam.send(
        new GetRolePolicyCommand({ RoleName, PolicyName }),
      );
      grants.push(...grantsIn(JSON.parse(decodeURIComponent(PolicyDocument))));
    }
    return grants;
  } finally {
    iam.destroy();
  }
}

function grantsIn(policy: unknown): readonly Grant[] {
  return listAt(policy, 'Statement').flatMap((statement) => {
    if (textAt(statement, 'Effect') !== 'Allow') throw new RangeError('only Allow is known here');
    const condition = isObject(statement) && isObject(statement.Condition) && statement.Condition;
    return textsAt(statement, 'Action').flatMap((action) =>
      textsAt(statement, 'Resource').map((resource) => ({
        action,
        resource,
        ...(condition && { condition }),
      })),
    );
  });
}
