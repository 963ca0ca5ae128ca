import { describe, expect, it } from '@jest/globals';
import { faultsOf } from './arrow.ts';
import { findArrows } from './find-arrows.ts';
import type { JsonObject } from './json.ts';
import { resolveStack } from './resolve-stack.ts';

const place = { partition: 'aws', region: 'eu-west-1', accountId: '111122223333' };
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

function arrowsOf(resources: JsonObject) {
  return findArrows([resolveStack({ Resources: resources }, { name: 'sample', place })]);
}

function faults(resources: JsonObject): readonly string[] {
  return arrowsOf(resources).flatMap(faultsOf);
}

function policy(type: string, targets: JsonObject, statement: JsonObject): JsonObject {
  const PolicyDocument = { Statement: [{ Effect: 'Allow', ...statement }] };
  return { Type: type, Properties: { ...targets, PolicyDocument } };
}

const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'inbox' } };
const bucket = {
  Type: 'AWS::S3::Bucket',
  Properties: {
    BucketName: 'inventory',
    NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:*', Queue: arnOf('Queue') }] },
  },
};

function fromBucket(condition: JsonObject): JsonObject {
  return policy(
    'AWS::SQS::QueuePolicy',
    { Queues: [{ Ref: 'Queue' }] },
    {
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: arnOf('Queue'),
      Condition: condition,
    },
  );
}

describe('a bucket that notifies a queue', () => {
  const ofBucket = { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::inventory' } };
  const name =
    'bucket to queue: sample/Bucket -> sample/Queue: sqs:SendMessage by s3.amazonaws.com';

  it('is let in by the policy of the queue', () => {
    const Policy = fromBucket(ofBucket);
    expect(arrowsOf({ Bucket: bucket, Queue: queue, Policy })).toHaveLength(1);
    expect(faults({ Bucket: bucket, Queue: queue, Policy })).toEqual([]);
    const Owned = fromBucket({ StringEquals: { 'aws:SourceAccount': place.accountId } });
    expect(faults({ Bucket: bucket, Queue: queue, Policy: Owned })).toEqual([]);
  });

  it('is missed without a policy, and told of where anybody is let in', () => {
    expect(faults({ Bucket: bucket, Queue: queue })).toEqual([`${name} is not allowed`]);
    expect(faults({ Bucket: bucket, Queue: queue, Policy: fromBucket({}) })).toEqual([
      `${name} is open to other accounts`,
    ]);
  });

  it('needs the key of an encrypted queue too', () => {
    const Key = (Condition: JsonObject) => ({
      Type: 'AWS::KMS::Key',
      Properties: {
        KeyPolicy: {
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 's3.amazonaws.com' },
            Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
            Resource: '*',
            Condition,
          },
        },
      },
    });
    const Queue = { ...queue, Properties: { ...queue.Properties, KmsMasterKeyId: arnOf('Key') } };
    const rest = { Bucket: bucket, Queue, Policy: fromBucket(ofBucket) };
    expect(faults({ ...rest, Key: Key(ofBucket) })).toEqual([]);
    const foreign = { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::other' } };
    expect(faults({ ...rest, Key: Key(foreign) })).toEqual([
      expect.stringContaining(
        'kms:GenerateDataKey of sample/Key by s3.amazonaws.com is not allowed',
      ),
      expect.stringContaining('kms:Decrypt of sample/Key by s3.amazonaws.com is not allowed'),
    ]);
    expect(faults({ ...rest, Key: Key({}) })).toEqual([
      expect.stringContaining('is open to other accounts'),
      expect.stringContaining('is open to other accounts'),
    ]);
  });
});

describe('a topic that a queue subscribes to', () => {
  const Topic = { Type: 'AWS::SNS::Topic', Properties: {} };
  const Subscription = {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs', Endpoint: arnOf('Queue') },
  };
  const Policy = policy(
    'AWS::SQS::QueuePolicy',
    { Queues: [{ Ref: 'Queue' }] },
    {
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: arnOf('Queue'),
      Condition: { ArnEquals: { 'aws:SourceArn': { Ref: 'Topic' } } },
    },
  );

  it('is let in by the policy of the queue', () => {
    expect(faults({ Topic, Subscription, Queue: queue, Policy })).toEqual([]);
    expect(faults({ Topic, Subscription, Queue: queue })).toHaveLength(1);
  });
});

describe('what is not there', () => {
  it('is missed', () => {
    const rule = (target: JsonObject) => ({
      Rule: { Type: 'AWS::Events::Rule', Properties: { Name: 'r', Targets: [target] } },
    });
    const stream = 'arn:aws:kinesis:eu-west-1:111122223333:stream/s';
    expect(faults(rule({ Arn: stream }))).toEqual([expect.stringContaining('is not allowed')]);
    const bus = 'arn:aws:events:us-east-1:444455556666:event-bus/default';
    expect(faults(rule({ Arn: bus }))).toEqual([expect.stringContaining('a role to send to')]);
    const Mapping = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: 'gone', EventSourceArn: arnOf('Queue') },
    };
    expect(faults({ Mapping, Queue: queue })).toEqual([
      expect.stringContaining('a function and a source'),
    ]);
    const Orphan = {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: 'arn:aws:iam::1:role/x' },
    };
    expect(faults({ Orphan })).toEqual([expect.stringContaining('a role is not allowed')]);
  });

  it('is refused where a template has a type that nobody has thought about', () => {
    const Pipe = { Type: 'AWS::Pipes::Pipe', Properties: {} };
    expect(() => arrowsOf({ Pipe })).toThrow('what begins at AWS::Pipes::Pipe?');
  });
});

/** A variable as `Fn::Sub` writes it. */
const v = (name: string) => `\${${name}}`;

describe('intrinsic functions', () => {
  it('are resolved, whichever wrote a text', () => {
    const Properties = {
      A: {
        'Fn::Sub': [
          `${v('X')}-${v('AWS::Region')}-${v('!kept')}-${v('Queue.QueueName')}`,
          { X: { Ref: 'Word' } },
        ],
      },
      B: { 'Fn::Join': ['/', ['a', { 'Fn::If': ['IsWord', 'yes', 'no'] }]] },
      C: [{ 'Fn::If': ['IsOther', 'yes', { Ref: 'AWS::NoValue' }] }, 'kept'],
      D: { 'Fn::ImportValue': 'exported' },
      E: { 'Fn::GetAtt': 'Queue.Arn' },
    };
    const template = {
      Parameters: { Word: { Type: 'String', Default: 'word' } },
      Conditions: {
        IsWord: { 'Fn::Equals': [{ Ref: 'Word' }, 'word'] },
        IsOther: { 'Fn::Not': [{ Condition: 'IsWord' }] },
      },
      Resources: {
        Queue: queue,
        Sample: { Type: 'AWS::SSM::Parameter', Properties },
        Absent: { Type: 'AWS::SSM::Parameter', Condition: 'IsOther', Properties: {} },
      },
    };
    const stack = resolveStack(template, { name: 's', place, imports: { exported: 'imported' } });
    expect(stack.resources.Sample?.properties).toEqual({
      A: `word-eu-west-1-${v('kept')}-inbox`,
      B: 'a/yes',
      C: ['kept'],
      D: 'imported',
      E: 'arn:aws:sqs:eu-west-1:111122223333:inbox',
    });
    expect(stack.resources).not.toHaveProperty('Absent');
  });

  it.each([
    [{ Ref: 'Gone' }, 'there is no Gone'],
    [{ 'Fn::GetAtt': ['Sample', 'Arn'] }, 'Sample.Arn is not known here'],
    [{ 'Fn::ImportValue': 'gone' }, 'no stack exports gone'],
    [{ 'Fn::Base64': 'text' }, 'Fn::Base64 is not known here'],
    [{ 'Fn::If': ['Gone', 1, 2] }, 'no condition Gone'],
  ])('are refused where they cannot be: %j', (A, message) => {
    const Resources = { Sample: { Type: 'AWS::SSM::Parameter', Properties: { A } } };
    expect(() => resolveStack({ Resources }, { name: 's', place })).toThrow(message);
  });
});
