import { reviewedWildcard } from '../least-privilege/reviewed-wildcards.ts';
import type { Deployed } from './deployed-world.ts';
import { isObject, listAt, objectAt, textAt, textsAt, textsWithin } from './json.ts';
import { knownEverywhere } from './known-everywhere.ts';
import { identityStatements } from './policies.ts';
import { labelOf, type Placed, placedAt, placedResources, type World } from './stack.ts';

/** Something that holds for every template; what breaks it is told in words. */
export interface HouseRule {
  readonly title: string;
  readonly faults: (deployed: Pick<Deployed, 'world'>) => readonly string[];
}

const fortnight = '1209600';

/** Without an alarm, each with its reason. */
const unwatchedQueues: Readonly<Record<string, string>> = {
  'forwarder/DeadLetters':
    'a forwarder has four resources at most (aws-traps D2), and no topic to tell; the canary of the sweep notices what does not arrive',
};

/** Not retained, each with its reason. */
const replaceable: Readonly<Record<string, string>> = {
  'foundation/ServerlessDeploymentBucket': 'packages, which can be made again',
  'cloudtrail-guard/ServerlessDeploymentBucket': 'packages, which can be made again',
  'finding-router/ServerlessDeploymentBucket': 'packages, which can be made again',
  'fim-detector/ServerlessDeploymentBucket': 'packages, which can be made again',
  'foundation/AlertsKey': 'messages on their way; with the topic gone nothing needs it',
};

export const houseRules: readonly HouseRule[] = [
  {
    title: 'no two functions share a role',
    faults({ world }) {
      const roles = placedResources(world, 'AWS::Lambda::Function').map(({ resource }) =>
        textAt(resource.properties, 'Role'),
      );
      const shared = roles.filter((role, at) => roles.indexOf(role) !== at);
      const unused = placedResources(world, 'AWS::IAM::Role').filter(
        ({ resource }) => resource.id === 'IamRoleLambdaExecution',
      );
      return [...shared, ...unused.map(labelOf)];
    },
  },
  {
    title: 'roles name actions one by one, and resources, but for what knows none',
    faults: ({ world }) =>
      placedResources(world, 'AWS::IAM::Role').flatMap((role) =>
        identityStatements(role).flatMap(({ statement }) => wideParts(role, statement)),
      ),
  },
  {
    title: 'functions name resources by pattern only where somebody has thought about it',
    faults: ({ world }) =>
      placedResources(world, 'AWS::Lambda::Function').flatMap((own) => {
        const role = placedAt(world, textAt(own.resource.properties, 'Role'));
        return role
          ? identityStatements(role).flatMap(({ statement }) => unreviewed(role, statement))
          : [];
      }),
  },
  {
    title: 'every function has a log group, and every log group forgets',
    faults: ({ world }) => [
      ...placedResources(world, 'AWS::Logs::LogGroup')
        .filter(({ resource }) => !(Number(resource.properties.RetentionInDays) > 0))
        .map(labelOf),
      ...placedResources(world, 'AWS::Lambda::Function')
        .filter(({ resource }) => !hasLogGroup(world, resource.ref))
        .map(labelOf),
    ],
  },
  {
    title: 'dead-letter queues keep for a fortnight',
    faults: ({ world }) =>
      deadLetterQueues(world)
        .filter(({ resource }) => String(resource.properties.MessageRetentionPeriod) !== fortnight)
        .map(labelOf),
  },
  {
    title: 'somebody hears of messages in dead-letter queues',
    faults: ({ world }) =>
      deadLetterQueues(world)
        .filter((queue) => !unwatchedQueues[labelOf(queue)] && !isWatched(world, queue))
        .map(labelOf),
  },
  {
    title: 'rules try again, and keep what they could not deliver',
    faults: ({ world }) =>
      placedResources(world, 'AWS::Events::Rule').flatMap((rule) =>
        listAt(rule.resource.properties, 'Targets')
          .filter((target) => !(keepsTrying(target) && keepsUndelivered(world, target)))
          .map((target) => `${labelOf(rule)}: ${textAt(target, 'Id')}`),
      ),
  },
  {
    title: 'functions that are invoked asynchronously have somewhere for what they fail on',
    faults: ({ world }) =>
      asynchronous(world)
        .filter((one) => !hasDestination(world, one))
        .map(labelOf),
  },
  {
    title: 'keys, tables and buckets outlive their stack',
    faults: ({ world }) =>
      ['AWS::KMS::Key', 'AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy']
        .flatMap((type) => placedResources(world, type))
        .filter((one) => !replaceable[ownerOf(world, one)] && !isRetained(one))
        .map(labelOf),
  },
  {
    title: 'a queue, topic or bucket has one policy: the last one would win',
    faults({ world }) {
      const targets = Object.entries(policyTargets).flatMap(([type, property]) =>
        placedResources(world, type).flatMap(({ resource }) =>
          textsAt(resource.properties, property),
        ),
      );
      return targets.filter((target, at) => targets.indexOf(target) !== at);
    },
  },
];

const policyTargets = {
  'AWS::SQS::QueuePolicy': 'Queues',
  'AWS::SNS::TopicPolicy': 'Topics',
  'AWS::S3::BucketPolicy': 'Bucket',
} as const;

function wideParts(role: Placed, statement: unknown): readonly string[] {
  const actions = textsAt(statement, 'Action');
  const wide = actions.filter((action) => action.includes('*'));
  const isAnywhere = textsAt(statement, 'Resource').includes('*');
  const unlisted = isAnywhere ? actions.filter((action) => !knownEverywhere[action]) : [];
  return [...wide, ...unlisted].map((action) => `${labelOf(role)}: ${action}`);
}

function unreviewed(role: Placed, statement: unknown): readonly string[] {
  const patterns = textsAt(statement, 'Resource').filter(
    (one) => one.length > 1 && /[*?]/.test(one),
  );
  const condition = objectAt(statement, 'Condition');
  return patterns.flatMap((resource) =>
    textsAt(statement, 'Action')
      .filter((action) => !reviewedWildcard({ action, resource, condition }))
      .map((action) => `${labelOf(role)}: ${action} on ${resource}`),
  );
}

function hasLogGroup(world: World, functionName: string): boolean {
  return placedResources(world, 'AWS::Logs::LogGroup').some(
    ({ resource }) => resource.ref === `/aws/lambda/${functionName}`,
  );
}

/** Queues that anything sends its failures to. */
function deadLetterQueues(world: World): readonly Placed[] {
  const all = placedResources(world);
  const arns = all.flatMap(({ resource: { type, properties } }) => [
    ...listAt(properties, 'Targets').map((target) => textAt(target, 'DeadLetterConfig', 'Arn')),
    textAt(properties, 'DestinationConfig', 'OnFailure', 'Destination'),
    textAt(properties, 'RedrivePolicy', 'deadLetterTargetArn'),
    ...(type === 'AWS::Lambda::Function'
      ? [textAt(properties, 'Environment', 'Variables', 'DLQ_URL')]
      : []),
  ]);
  const queues = arns.flatMap((arn) => placedAt(world, arn) ?? []);
  return [...new Map(queues.map((queue) => [labelOf(queue), queue])).values()];
}

function isWatched(world: World, { resource }: Placed): boolean {
  return placedResources(world, 'AWS::CloudWatch::Alarm').some(({ resource: { properties } }) => {
    const dimension = objectAt(listAt(properties, 'Dimensions')[0]);
    return (
      properties.MetricName === 'ApproximateNumberOfMessagesVisible' &&
      resource.arn.endsWith(`:${textAt(dimension, 'Value')}`) &&
      Number(properties.Threshold) === 0 &&
      properties.ComparisonOperator === 'GreaterThanThreshold' &&
      textsAt(properties, 'AlarmActions').length > 0
    );
  });
}

function keepsTrying(target: unknown): boolean {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = objectAt(target, 'RetryPolicy');
  return Number(MaximumRetryAttempts) > 0 && Number(MaximumEventAgeInSeconds) > 0;
}

function keepsUndelivered(world: World, target: unknown): boolean {
  return placedAt(world, textAt(target, 'DeadLetterConfig', 'Arn')) !== undefined;
}

/** Functions that a rule, a bucket or a topic invokes. */
function asynchronous(world: World): readonly Placed[] {
  const invokers = ['AWS::Events::Rule', 'AWS::S3::Bucket', 'AWS::SNS::Subscription'];
  const named = invokers
    .flatMap((type) => placedResources(world, type))
    .flatMap(({ resource }) => textsWithin(resource.properties));
  return placedResources(world, 'AWS::Lambda::Function').filter(({ resource }) =>
    named.includes(resource.arn),
  );
}

function hasDestination(world: World, { resource }: Placed): boolean {
  return placedResources(world, 'AWS::Lambda::EventInvokeConfig').some(
    ({ resource: { properties } }) =>
      [resource.ref, resource.arn].includes(textAt(properties, 'FunctionName')) &&
      placedAt(world, textAt(properties, 'DestinationConfig', 'OnFailure', 'Destination')),
  );
}

/** A bucket's policy lives as long as the bucket. */
function ownerOf(world: World, placed: Placed): string {
  const bucket = textAt(placed.resource.properties, 'Bucket');
  const owner = placedResources(world, 'AWS::S3::Bucket').find(
    ({ resource }) => resource.ref === bucket,
  );
  return labelOf(owner && isObject(owner.resource.properties) ? owner : placed);
}

function isRetained({ resource }: Placed): boolean {
  return resource.deletionPolicy === 'Retain' && resource.updateReplacePolicy === 'Retain';
}
