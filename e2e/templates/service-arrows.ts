import { type Arrow, missing, type ServiceAct, servicePermits } from './arrow.ts';
import { isObject, listAt, textAt, textsAt } from './json.ts';
import { labelOf, type Placed, placedAt, type World } from './stack.ts';

/** From an alarm to the topics that it tells. */
export function alarmArrows(world: World, alarm: Placed): readonly Arrow[] {
  const { properties, arn: sourceArn } = alarm.resource;
  const topics = ['AlarmActions', 'OKActions', 'InsufficientDataActions'].flatMap((actions) =>
    textsAt(properties, actions),
  );
  return topics.map((arn) =>
    arrowTo(world, {
      kind: 'alarm to topic',
      from: alarm,
      arn,
      by: { service: 'cloudwatch.amazonaws.com', sourceArn, action: 'sns:Publish' },
    }),
  );
}

/** A bucket's notifications: which list, which member of it, and what S3 does. */
const notifications = [
  ['QueueConfigurations', 'Queue', 'sqs:SendMessage'],
  ['TopicConfigurations', 'Topic', 'sns:Publish'],
  ['LambdaConfigurations', 'Function', 'lambda:InvokeFunction'],
] as const;

/** From a bucket to what it notifies, and to where accesses to it are logged. */
export function bucketArrows(world: World, bucket: Placed): readonly Arrow[] {
  return [...notificationArrows(world, bucket), ...accessLogArrows(world, bucket)];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
function accessLogArrows(world: World, bucket: Placed): readonly Arrow[] {
  const { properties, arn: sourceArn } = bucket.resource;
  const name = textAt(properties, 'LoggingConfiguration', 'DestinationBucketName');
  if (name === '') return [];
  const prefix = textAt(properties, 'LoggingConfiguration', 'LogFilePrefix');
  const { partition } = bucket.stack.place;
  const act = { service: 'logging.s3.amazonaws.com', sourceArn, action: 's3:PutObject' };
  return [
    arrowTo(world, {
      ...{ kind: 'bucket to access logs', from: bucket, arn: `arn:${partition}:s3:::${name}` },
      by: { ...act, below: `/${prefix}2026-01-01-00-00-00-A1B2C3D4E5F6A7B8`, context: encrypted },
    }),
  ];
}

const encrypted = { 'aws:SecureTransport': 'true' };

/**
 * From a resource data sync to its bucket.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/inventory-create-resource-data-sync.html
 */
export function syncArrows(world: World, sync: Placed): readonly Arrow[] {
  const { properties } = sync.resource;
  const { partition, region, accountId } = sync.stack.place;
  const name = textAt(properties, 'SyncName');
  const sourceArn = `arn:${partition}:ssm:${region}:${accountId}:resource-data-sync/${name}`;
  const type = 'resourcetype=ManagedInstanceInventory';
  const below = `/AWS:File/accountid=${accountId}/region=${region}/${type}/i-0123456789abcdef0.json`;
  const context = { ...encrypted, 's3:x-amz-acl': 'bucket-owner-full-control' };
  return [
    arrowTo(world, {
      ...{ kind: 'sync to bucket', from: sync },
      arn: `arn:${partition}:s3:::${textAt(properties, 'S3Destination', 'BucketName')}`,
      by: { service: 'ssm.amazonaws.com', sourceArn, action: 's3:PutObject', below, context },
    }),
  ];
}

function notificationArrows(world: World, bucket: Placed): readonly Arrow[] {
  const { properties, arn: sourceArn } = bucket.resource;
  return notifications.flatMap(([list, member, action]) =>
    listAt(properties, 'NotificationConfiguration', list)
      .filter(isObject)
      .map((one) =>
        arrowTo(world, {
          kind: `bucket to ${member.toLowerCase()}`,
          from: bucket,
          arn: textAt(one, member),
          by: { service: 's3.amazonaws.com', sourceArn, action },
        }),
      ),
  );
}

const subscribed: Readonly<Record<string, string>> = {
  sqs: 'sqs:SendMessage',
  lambda: 'lambda:InvokeFunction',
};

/** From a topic to a subscribed queue or function; mail needs no permission. */
export function subscriptionArrows(world: World, subscription: Placed): readonly Arrow[] {
  const { properties } = subscription.resource;
  const action = subscribed[textAt(properties, 'Protocol')];
  if (!action) return [];
  return [
    arrowTo(world, {
      kind: 'topic to subscriber',
      from: subscription,
      arn: textAt(properties, 'Endpoint'),
      by: { service: 'sns.amazonaws.com', sourceArn: textAt(properties, 'TopicArn'), action },
    }),
  ];
}

interface Sent {
  readonly kind: string;
  readonly from: Placed;
  readonly arn: string;
  readonly by: ServiceAct;
}

function arrowTo(world: World, { kind, from, arn, by }: Sent): Arrow {
  const target = placedAt(world, arn);
  return {
    kind,
    from: labelOf(from),
    to: target ? labelOf(target) : arn,
    permits: target ? servicePermits(world, target, by) : [missing(`${arn || 'a target'}`)],
  };
}
