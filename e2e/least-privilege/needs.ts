import type { RecordedCall } from '@riposte/local-stage';
import {
  anywhere,
  arnOr,
  type Facts,
  isFilled,
  list,
  type Need,
  type Needs,
  text,
  texts,
} from './call-facts.ts';
import { trailNeeds } from './trail-needs.ts';

/** A function made a call that nobody has thought about yet: add it to the table below, with what it needs. */
export class UnknownCallError extends Error {
  override readonly name = 'UnknownCallError';
}

/**
 * Operations and the IAM actions behind them, whose names differ in places, with the resources that IAM asks about.
 *
 * Sources: https://docs.aws.amazon.com/service-authorization/latest/reference/, the page of each service.
 */
const table: Readonly<Record<string, Needs>> = {
  ...trailNeeds,
  'dynamodb:GetItem': onTable('GetItem'),
  'dynamodb:PutItem': onTable('PutItem'),
  'dynamodb:UpdateItem': onTable('UpdateItem'),
  'dynamodb:DeleteItem': onTable('DeleteItem'),
  'dynamodb:Query': onTable('Query'),
  'dynamodb:BatchGetItem': ({ parameters, arn }) =>
    Object.keys(Object(parameters.RequestItems)).map((name) => ({
      action: 'dynamodb:BatchGetItem',
      resource: arn('dynamodb', `table/${name}`),
    })),
  // Each item needs what it would need by itself:
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
  'dynamodb:TransactWriteItems': ({ parameters, arn }) =>
    list(parameters.TransactItems).flatMap((item) =>
      Object.entries(Object(item)).map(([kind, what]) => ({
        action: `dynamodb:${kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`}`,
        resource: arn('dynamodb', `table/${text(Object(what).TableName)}`),
      })),
    ),
  // In the service's own Region; the names are paths.
  'ssm:GetParameters': ({ parameters, arn }) =>
    texts(parameters.Names).map((name) => ({
      action: 'ssm:GetParameters',
      resource: arn('ssm', `parameter${name}`),
    })),
  'ssm:PutParameter': ({ parameters, arn }) => [
    { action: 'ssm:PutParameter', resource: arn('ssm', `parameter${text(parameters.Name)}`) },
  ],
  'ssm:StartAutomationExecution': startingAutomation,
  'ssm:GetAutomationExecution': ({ parameters, arn }) => {
    const id = text(parameters.AutomationExecutionId);
    return [
      { action: 'ssm:GetAutomationExecution', resource: arn('ssm', `automation-execution/${id}`) },
    ];
  },
  'sns:Publish': ({ parameters }) => [
    { action: 'sns:Publish', resource: text(parameters.TopicArn) },
  ],
  'sns:ListSubscriptionsByTopic': ({ parameters }) => [
    { action: 'sns:ListSubscriptionsByTopic', resource: text(parameters.TopicArn) },
  ],
  'sqs:SendMessage': onQueue('SendMessage'),
  // There is no action for batches: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
  'sqs:SendMessageBatch': onQueue('SendMessage'),
  'sqs:ChangeMessageVisibility': onQueue('ChangeMessageVisibility'),
  's3:PutObject': onObject('PutObject'),
  's3:GetObject': onObject('GetObject'),
  's3:ListObjectsV2': ({ parameters }) => [
    { action: 's3:ListBucket', resource: `arn:aws:s3:::${text(parameters.path).split('/')[1]}` },
  ],
  'events:PutEvents': ({ parameters, arn }) =>
    list(parameters.Entries).map((entry) => ({
      action: 'events:PutEvents',
      resource: arnOr(text(Object(entry).EventBusName) || 'default', (name) =>
        arn('events', `event-bus/${name}`),
      ),
    })),
  'lambda:Invoke': ({ parameters, arn }) => [
    {
      action: 'lambda:InvokeFunction',
      resource: arnOr(text(parameters.path).split('/')[3] ?? '', (name) =>
        arn('lambda', `function:${name}`),
      ),
    },
  ],
  // By name; Secrets Manager appends six characters that nobody knows before.
  'secretsmanager:GetSecretValue': ({ parameters, arn }) => [
    {
      action: 'secretsmanager:GetSecretValue',
      resource: arn('secretsmanager', `secret:${text(parameters.SecretId)}-a1B2c3`),
    },
  ],
  'tagging:GetResources': anywhere('tag:GetResources'),
  'tagging:TagResources': anywhere('tag:TagResources'),
  // Accounts and units of the organization, which are the management account's.
  'organizations:ListParents': ({ parameters }) => {
    const child = text(parameters.ChildId);
    const resource = `${child.startsWith('ou-') ? 'ou' : 'account'}/o-a1b2c3d4e5/${child}`;
    return [
      {
        action: 'organizations:ListParents',
        resource: `arn:aws:organizations::999999999999:${resource}`,
      },
    ];
  },
  'securityhub:GetFindings': onHub('GetFindings'),
  'securityhub:BatchUpdateFindings': onHub('BatchUpdateFindings'),
  // One action for both versions; the hub of version 2 has an id of its own.
  'securityhub:GetFindingsV2': onHubV2('GetFindings'),
  'securityhub:BatchUpdateFindingsV2': onHubV2('BatchUpdateFindings'),
  'sts:AssumeRole': ({ parameters }) => {
    const resource = text(parameters.RoleArn);
    const named = isFilled(parameters.SourceIdentity);
    return ['sts:AssumeRole', ...(named ? ['sts:SetSourceIdentity'] : [])].map((action) => ({
      action,
      resource,
    }));
  },
};

/**
 * What IAM asks about when a call is made.
 *
 * @throws UnknownCallError where the table has no such operation.
 */
export function needsOf(call: RecordedCall): readonly Need[] {
  const { service, operation, parameters, region, accountId } = call;
  const needs = table[`${service}:${operation}`];
  if (!needs) throw new UnknownCallError(`${call.appId} called ${service}:${operation}`);
  const arn = (name: string, resource: string) =>
    `arn:aws:${name}:${region}:${accountId}:${resource}`;
  return needs({ parameters, arn });
}

function onTable(operation: string): Needs {
  return ({ parameters, arn }) => {
    const index = text(parameters.IndexName);
    const name = `table/${text(parameters.TableName)}${index && `/index/${index}`}`;
    return [{ action: `dynamodb:${operation}`, resource: arn('dynamodb', name) }];
  };
}

function onQueue(operation: string): Needs {
  return ({ parameters, arn }) => {
    const name = text(parameters.QueueUrl).split('/').at(-1) ?? '';
    return [{ action: `sqs:${operation}`, resource: arn('sqs', name) }];
  };
}

function onObject(operation: string): Needs {
  return ({ parameters }) => [
    { action: `s3:${operation}`, resource: `arn:aws:s3:::${text(parameters.path).slice(1)}` },
  ];
}

function onHub(operation: string): Needs {
  return ({ arn }) => [
    { action: `securityhub:${operation}`, resource: arn('securityhub', 'hub/default') },
  ];
}

function onHubV2(operation: string): Needs {
  const id = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
  return ({ arn }) => [
    { action: `securityhub:${operation}`, resource: arn('securityhub', `hubv2/${id}`) },
  ];
}

/**
 * Systems Manager goes over from `automation-definition` to `document` and `automation-execution`: what is allowed holds before and after. A role for the
 * document is passed on.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-identity-based-policies.html
 */
function startingAutomation({ parameters, arn }: Facts): readonly Need[] {
  const name = text(parameters.DocumentName);
  // ARNs of documents that AWS owns name no account.
  const document = (resource: string) =>
    name.startsWith('AWS') ? arn('ssm', resource).replace(/:\d{12}:/, '::') : arn('ssm', resource);
  const resources = [
    document(`document/${name}`),
    document(`automation-definition/${name}:$DEFAULT`),
    arn('ssm', 'automation-execution/4105a4fc-f944-11e6-9d32-8fb2db27a909'),
  ];
  const roles = texts(Object(parameters.Parameters).AutomationAssumeRole);
  const context = { 'iam:PassedToService': 'ssm.amazonaws.com' };
  return [
    ...resources.map((resource) => ({ action: 'ssm:StartAutomationExecution', resource })),
    ...roles.map((resource) => ({ action: 'iam:PassRole', resource, context })),
  ];
}
