import { type Arrow, missing, servicePermits } from './arrow.ts';
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

/** From a bucket to what it notifies. */
export function bucketArrows(world: World, bucket: Placed): readonly Arrow[] {
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
  readonly by: { readonly service: string; readonly sourceArn: string; readonly action: string };
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
