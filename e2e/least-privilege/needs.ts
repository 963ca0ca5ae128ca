import type { RecordedCall } from '@riposte/local-stage';

/** What a call needs to be allowed. */
export interface Need {
  /** E.g. `sns:Publish`. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys that AWS fills in for this action. */
  readonly context?: Readonly<Record<string, string>>;
}

/** A function made a call that nobody has thought about yet: add it to the table below, with what it needs. */
export class UnknownCallError extends Error {
  override readonly name = 'UnknownCallError';
}

type Parameters = RecordedCall['parameters'];
type Needs = (call: Facts) => readonly Need[];

interface Facts {
  readonly parameters: Parameters;
  /** An ARN in the call's account and Region. */
  readonly arn: (service: string, resource: string) => string;
}

/**
 * Operations and the IAM actions behind them, whose names differ in places, with the resources that IAM asks about.
 *
 * Sources: https://docs.aws.amazon.com/service-authorization/latest/reference/, the page of each service.
 */
const table: Readonly<Record<string, Needs>> = {
  'cloudtrail:DescribeTrails': anywhere('cloudtrail:DescribeTrails'),
  'cloudtrail:ListTrails': anywhere('cloudtrail:ListTrails'),
  'cloudtrail:GetTrail': onTrail('GetTrail', 'Name'),
  'cloudtrail:GetTrailStatus': onTrail('GetTrailStatus', 'Name'),
  'cloudtrail:StartLogging': onTrail('StartLogging', 'Name'),
  'cloudtrail:GetEventSelectors': onTrail('GetEventSelectors', 'TrailName'),
  'cloudtrail:GetInsightSelectors': onTrail('GetInsightSelectors', 'TrailName'),
  'cloudtrail:PutEventSelectors': onTrail('PutEventSelectors', 'TrailName'),
  'cloudtrail:PutInsightSelectors': onTrail('PutInsightSelectors', 'TrailName'),
  'cloudtrail:ListTags': (call) =>
    texts(call.parameters.ResourceIdList).map((name) => trail('ListTags', name, call)),
  'cloudtrail:UpdateTrail': (call) => [
    trail('UpdateTrail', text(call.parameters.Name), call),
    ...deliveryRole(call),
  ],
  // Tags given at creation are allowed by the action that adds them:
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_id-based-policy-examples.html
  'cloudtrail:CreateTrail': (call) => [
    trail('CreateTrail', text(call.parameters.Name), call),
    ...(isFilled(call.parameters.TagsList)
      ? [trail('AddTags', text(call.parameters.Name), call)]
      : []),
    ...deliveryRole(call),
  ],
  'dynamodb:GetItem': onTable('GetItem'),
  'dynamodb:PutItem': onTable('PutItem'),
  'dynamodb:UpdateItem': onTable('UpdateItem'),
  'dynamodb:Query': onTable('Query'),
  // In the service's own Region; the names are paths.
  'ssm:GetParameters': ({ parameters, arn }) =>
    texts(parameters.Names).map((name) => ({
      action: 'ssm:GetParameters',
      resource: arn('ssm', `parameter${name}`),
    })),
  'ssm:PutParameter': ({ parameters, arn }) => [
    { action: 'ssm:PutParameter', resource: arn('ssm', `parameter${text(parameters.Name)}`) },
  ],
  'sns:Publish': ({ parameters }) => [
    { action: 'sns:Publish', resource: text(parameters.TopicArn) },
  ],
  'sns:ListSubscriptionsByTopic': ({ parameters }) => [
    { action: 'sns:ListSubscriptionsByTopic', resource: text(parameters.TopicArn) },
  ],
  'sqs:SendMessage': ({ parameters, arn }) => [
    {
      action: 'sqs:SendMessage',
      resource: arn('sqs', text(parameters.QueueUrl).split('/').at(-1) ?? ''),
    },
  ],
  's3:PutObject': ({ parameters }) => [
    { action: 's3:PutObject', resource: `arn:aws:s3:::${text(parameters.path).slice(1)}` },
  ],
  'events:PutEvents': ({ parameters, arn }) =>
    list(parameters.Entries).map((entry) => ({
      action: 'events:PutEvents',
      resource: arn('events', `event-bus/${text(Object(entry).EventBusName) || 'default'}`),
    })),
  'securityhub:GetFindings': ({ arn }) => [
    { action: 'securityhub:GetFindings', resource: arn('securityhub', 'hub/default') },
  ],
  'securityhub:BatchUpdateFindings': ({ arn }) => [
    { action: 'securityhub:BatchUpdateFindings', resource: arn('securityhub', 'hub/default') },
  ],
  // One action for both versions; the hub of version 2 has an id of its own.
  'securityhub:BatchUpdateFindingsV2': ({ arn }) => [
    {
      action: 'securityhub:BatchUpdateFindings',
      resource: arn('securityhub', 'hubv2/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9'),
    },
  ],
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

function anywhere(action: string): Needs {
  return () => [{ action, resource: '*' }];
}

function onTrail(operation: string, member: string): Needs {
  return (call) => [trail(operation, text(call.parameters[member]), call)];
}

function trail(operation: string, name: string, { arn }: Facts): Need {
  const resource = name.startsWith('arn:') ? name : arn('cloudtrail', `trail/${name}`);
  return { action: `cloudtrail:${operation}`, resource };
}

/** Whoever names the role that CloudTrail delivers to CloudWatch Logs with must be allowed to pass it to CloudTrail. */
function deliveryRole({ parameters }: Facts): readonly Need[] {
  const resource = text(parameters.CloudWatchLogsRoleArn);
  const context = { 'iam:PassedToService': 'cloudtrail.amazonaws.com' };
  return resource === '' ? [] : [{ action: 'iam:PassRole', resource, context }];
}

function onTable(operation: string): Needs {
  return ({ parameters, arn }) => {
    const index = text(parameters.IndexName);
    const name = `table/${text(parameters.TableName)}${index && `/index/${index}`}`;
    return [{ action: `dynamodb:${operation}`, resource: arn('dynamodb', name) }];
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): readonly string[] {
  return list(value).map(text);
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : text(value) !== '';
}
