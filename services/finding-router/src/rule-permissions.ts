import type { Action, RuleSet } from '@riposte/rules';

/** One statement of a role, as serverless.yml has them. */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * What enabled rules need of the function that carries out their actions: the functions, queues, buses and documents that they name, and nothing else. An
 * address that a parameter gives (`${NAME}`) is filled in before; the permission for one that comes otherwise belongs into serverless.yml, beside the variable.
 */
export function actionPermissions({ packs }: Pick<RuleSet, 'packs'>): readonly Statement[] {
  const actions = packs
    .flatMap(({ rules }) => rules.filter(({ enabled }) => enabled))
    .flatMap(({ branches }) => branches.flatMap((branch) => branch.then));
  return [
    ...allow('lambda:InvokeFunction', actions.flatMap(functionArns)),
    ...allow('sqs:SendMessage', actions.flatMap(queueArns)),
    ...allow('events:PutEvents', actions.flatMap(busArns)),
    ...allow('ssm:StartAutomationExecution', actions.flatMap(documentArns)),
    // Read back, for the response record.
    ...allow('ssm:GetAutomationExecution', actions.flatMap(startedArns)),
    // The role that a document works with: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup.html
    ...allow('iam:PassRole', actions.flatMap(automationRoles)).map((statement) => ({
      ...statement,
      Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    })),
    // Know no resource; each service asks for its own tagging permission besides, which the resource's owner grants. Tags are read before and after.
    ...(actions.some((action) => 'tag' in action)
      ? allow(['tag:GetResources', 'tag:TagResources'], ['*'])
      : []),
  ];
}

/** Topics of the channels of type `sns`, besides the deployment's own. */
export function topicPermissions({ channels }: Pick<RuleSet, 'channels'>): readonly Statement[] {
  const topics = channels.flatMap((channel) => (channel.type === 'sns' ? [channel.topic] : []));
  return allow('sns:Publish', topics.filter(isKnown));
}

function functionArns(action: Action): readonly unknown[] {
  if (!('invoke' in action) || !isKnown(action.invoke.function)) return [];
  return [arnOr(action.invoke.function, (name) => `lambda:$R:$A:function:${name}`)];
}

function queueArns(action: Action): readonly unknown[] {
  if (!('queue' in action) || !isKnown(action.queue.url)) return [];
  const { hostname, pathname } = new URL(action.queue.url);
  const region = /^sqs\.([a-z0-9-]+)\.amazonaws/.exec(hostname)?.[1] ?? '$R';
  const [, account = '$A', name = ''] = pathname.split('/');
  return [substituted(`sqs:${region}:${account}:${name}`)];
}

function busArns(action: Action): readonly unknown[] {
  if (!('event' in action) || !isKnown(action.event.bus)) return [];
  return [arnOr(action.event.bus, (name) => `events:$R:$A:event-bus/${name}`)];
}

/**
 * A document, its versions, and what is started. Systems Manager goes over from `automation-definition` to the other two: what is allowed holds before and
 * after.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-identity-based-policies.html
 */
function documentArns(action: Action): readonly unknown[] {
  if (!('automation' in action) || !isKnown(action.automation.document)) return [];
  const { document } = action.automation;
  if (document.startsWith('arn:')) {
    const definition = document.replace(':document/', ':automation-definition/');
    return [document, `${definition}:*`, ...startedArns(action)];
  }
  // Documents that AWS owns have no account; nobody else may begin a name so.
  const owner = /^(aws|amazon|amzn)/i.test(document) ? '' : '$A';
  return [
    substituted(`ssm:$R:${owner}:document/${document}`),
    substituted(`ssm:$R:${owner}:automation-definition/${document}:*`),
    ...startedArns(action),
  ];
}

/** An execution's id is made when it starts. */
function startedArns(action: Action): readonly unknown[] {
  const isKnownDocument = 'automation' in action && isKnown(action.automation.document);
  return isKnownDocument ? [substituted('ssm:$R:$A:automation-execution/*')] : [];
}

/** A role that depends on the finding is nobody's to pass on. */
function automationRoles(action: Action): readonly unknown[] {
  if (!('automation' in action)) return [];
  const { AutomationAssumeRole: roles = [] } = action.automation.parameters ?? {};
  return [roles].flat().filter((role) => role.startsWith('arn:') && isKnown(role));
}

function isKnown(address: string): boolean {
  return !address.includes('${') && !address.includes('{{');
}

/** An ARN as it is, or a name in the deployment's own account and Region. */
function arnOr(name: string, resource: (name: string) => string): unknown {
  return name.startsWith('arn:') ? name : substituted(resource(name));
}

/** `$R` is the Region, `$A` the account; the partition comes first. */
function substituted(rest: string): unknown {
  const text = rest.replace('$R', '${AWS::Region}').replace('$A', '${AWS::AccountId}');
  return { 'Fn::Sub': `arn:\${AWS::Partition}:${text}` };
}

function allow(Action: Statement['Action'], resources: readonly unknown[]): readonly Statement[] {
  const distinct = [...new Map(resources.map((one) => [JSON.stringify(one), one])).values()];
  return distinct.length === 0 ? [] : [{ Effect: 'Allow', Action, Resource: distinct }];
}
