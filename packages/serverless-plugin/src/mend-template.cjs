'use strict';

const { isDeepStrictEqual } = require('node:util');

const sharedRole = 'IamRoleLambdaExecution';

/**
 * Mends what the framework and the roles plugin leave behind in a packaged template: a shared role that nothing uses, permissions for what Lambda and
 * EventBridge do on a function's behalf, and log groups that functions never make themselves.
 *
 * @param {{ Resources: Record<string, object> }} template changed in place
 * @throws RangeError when a function still uses the shared role, or a queue that rules send to has a policy that says something of other queues too
 */
function mendTemplate(template) {
  const { Resources: resources } = template;
  for (const [id, resource] of Object.entries(resources)) {
    if (resource.Type === 'AWS::Lambda::Function') mendFunction(resources, id);
  }
  removeSharedRole(resources);
  addQueuePolicies(resources);
}

function mendFunction(resources, functionId) {
  const definition = resources[functionId];
  const { Properties } = definition;
  const roleId = Properties.Role?.['Fn::GetAtt']?.[0];
  const role = resources[roleId];
  if (role?.Type !== 'AWS::IAM::Role') return;
  // The role is referred to, which orders the two already (cfn-lint W3005).
  definition.DependsOn = [definition.DependsOn ?? []].flat().filter((id) => id !== roleId);
  const { Statement: statements } = role.Properties.Policies[0].PolicyDocument;
  if (role.Properties.ManagedPolicyArns?.length === 0) delete role.Properties.ManagedPolicyArns;
  withoutLogGroups(statements);
  const queues = queuesOf(resources, functionId);
  if (queues.length > 0) {
    statements.push({ Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: queues });
  }
  if (Properties.TracingConfig?.Mode === 'Active') statements.push(tracing);
}

/** X-Ray's writing actions know no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
const tracing = {
  Effect: 'Allow',
  Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  Resource: ['*'],
};

/** The template makes each log group: a function that could make its own would bring a deleted one back without retention. */
function withoutLogGroups(statements) {
  for (const statement of statements) {
    if (!Array.isArray(statement.Action)) continue;
    statement.Action = statement.Action.filter((action) => action !== 'logs:CreateLogGroup');
  }
}

/** Queues that a function's failures go to: by itself (`DLQ_URL`), by its asynchronous invocation, by its event source mappings. */
function queuesOf(resources, functionId) {
  const own = resources[functionId].Properties.Environment?.Variables?.DLQ_URL?.Ref;
  const destinations = Object.values(resources)
    .filter(({ Properties }) => isFunction(Properties?.FunctionName, functionId))
    .map(({ Properties }) => Properties.DestinationConfig?.OnFailure?.Destination)
    .filter((arn) => isQueue(resources, arn));
  const all = [...(own ? [{ 'Fn::GetAtt': [own, 'Arn'] }] : []), ...destinations];
  return all.filter((arn, at) => all.findIndex((other) => isDeepStrictEqual(other, arn)) === at);
}

function isFunction(name, functionId) {
  return name?.Ref === functionId || name?.['Fn::GetAtt']?.[0] === functionId;
}

function isQueue(resources, arn) {
  return resources[arn?.['Fn::GetAtt']?.[0]]?.Type === 'AWS::SQS::Queue';
}

function removeSharedRole(resources) {
  const users = Object.entries(resources).filter(
    ([id, resource]) => id !== sharedRole && JSON.stringify(resource).includes(`"${sharedRole}"`),
  );
  if (users.length > 0) {
    const names = users.map(([id]) => id).join(', ');
    throw new RangeError(
      `the shared role is used by ${names}: give each function iamRoleStatements`,
    );
  }
  delete resources[sharedRole];
}

/** Queues that rules send to, as target or as dead-letter queue, accept it from those rules and from nobody else. */
function addQueuePolicies(resources) {
  const senders = new Map();
  for (const [ruleId, { Type, Properties }] of Object.entries(resources)) {
    if (Type !== 'AWS::Events::Rule') continue;
    const arns = Properties.Targets.flatMap((target) => [target.Arn, target.DeadLetterConfig?.Arn]);
    for (const arn of arns.filter((one) => isQueue(resources, one))) {
      const [queueId] = arn['Fn::GetAtt'];
      senders.set(queueId, (senders.get(queueId) ?? new Set()).add(ruleId));
    }
  }
  for (const [queueId, ruleIds] of senders) {
    const statement = fromRules(queueId, [...ruleIds].sort());
    const own = ownPolicyOf(resources, queueId);
    if (own) allowIn(resources, own, { queueId, statement });
    else resources[`${queueId}FromRules`] = queuePolicy(queueId, statement);
  }
}

/** A queue keeps one policy, and the last one would win: what the service says of its queue itself is added to. */
function allowIn(resources, own, { queueId, statement }) {
  const { Queues, PolicyDocument } = resources[own].Properties;
  if (Queues.length !== 1 || !Array.isArray(PolicyDocument.Statement)) {
    throw new RangeError(
      `${queueId} has ${own}, and a queue keeps one policy: give ${queueId} one of its own, with a list of statements`,
    );
  }
  PolicyDocument.Statement.unshift(statement);
}

function ownPolicyOf(resources, queueId) {
  const isOwn = ([, { Type, Properties }]) =>
    Type === 'AWS::SQS::QueuePolicy' && Properties.Queues.some(({ Ref }) => Ref === queueId);
  return Object.entries(resources).find(isOwn)?.[0];
}

function queuePolicy(queueId, statement) {
  return {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: queueId }],
      PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
    },
  };
}

function fromRules(queueId, ruleIds) {
  return {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: { 'Fn::GetAtt': [queueId, 'Arn'] },
    Condition: {
      ArnEquals: {
        'aws:SourceArn': ruleIds.map((ruleId) => ({ 'Fn::GetAtt': [ruleId, 'Arn'] })),
      },
    },
  };
}

module.exports = { mendTemplate };
