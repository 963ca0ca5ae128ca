import type { Arrow } from './arrow.ts';
import { functionArrows, mappingArrows, memberRoleArrows } from './function-arrows.ts';
import { ruleArrows } from './rule-arrows.ts';
import { alarmArrows, bucketArrows, subscriptionArrows, syncArrows } from './service-arrows.ts';
import { type Placed, placedResources, type World } from './stack.ts';

/** A type of resource that these checks have not been taught. */
export class UnknownResourceTypeError extends Error {
  override readonly name = 'UnknownResourceTypeError';
}

type Find = (world: World, from: Placed) => readonly Arrow[];

const none: Find = () => [];

/** Every type of resource that the templates may have, and which arrows begin at it. */
const arrowsFrom: Readonly<Record<string, Find>> = {
  'AWS::CloudWatch::Alarm': alarmArrows,
  'AWS::Events::Rule': ruleArrows,
  'AWS::IAM::Role': memberRoleArrows,
  'AWS::Lambda::EventInvokeConfig': none,
  'AWS::Lambda::EventSourceMapping': mappingArrows,
  'AWS::Lambda::Function': functionArrows,
  'AWS::S3::Bucket': bucketArrows,
  'AWS::SNS::Subscription': subscriptionArrows,
  'AWS::SSM::ResourceDataSync': syncArrows,
  // Nothing begins here.
  'AWS::Athena::NamedQuery': none,
  'AWS::CloudWatch::Dashboard': none,
  'AWS::DynamoDB::Table': none,
  'AWS::Events::EventBus': none,
  'AWS::Events::EventBusPolicy': none,
  'AWS::KMS::Key': none,
  'AWS::Lambda::Permission': none,
  'AWS::Logs::LogGroup': none,
  'AWS::S3::BucketPolicy': none,
  'AWS::SNS::Topic': none,
  'AWS::SNS::TopicPolicy': none,
  'AWS::SQS::Queue': none,
  'AWS::SQS::QueuePolicy': none,
  'AWS::SSM::Association': none,
  'AWS::SSM::Parameter': none,
};

/**
 * Everything that goes from one resource to another, found in the resources themselves, with what must be allowed for it.
 *
 * @throws UnknownResourceTypeError so that a new type of resource cannot bring arrows that nobody checks.
 */
export function findArrows(world: World): readonly Arrow[] {
  return placedResources(world).flatMap((placed) => {
    const find = arrowsFrom[placed.resource.type];
    if (!find) throw new UnknownResourceTypeError(`what begins at ${placed.resource.type}?`);
    return find(world, placed);
  });
}
