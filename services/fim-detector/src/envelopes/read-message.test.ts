import { describe, expect, it } from '@jest/globals';
import { MalformedEventError } from '@riposte/findings';
import {
  bucket,
  encodedKey,
  envelopes,
  eventBridgeEvent,
  inventory,
  key,
  s3Record,
} from '../testing/sample-messages.ts';
import { nothing } from './asked.ts';
import { readMessage } from './read-message.ts';

const object = { bucket, key: inventory };
const look = { riposte: 'look', bucket, key, reason: 'sweep' };
const finding = {
  ...{ Id: 'f', AwsAccountId: '123456789012', Region: 'us-east-1', ProductArn: 'arn' },
  UpdatedAt: '2026-11-24T14:00:05.000Z',
};
const imports = { riposte: 'import', findings: [finding] };

function pathOf(message: unknown): string | undefined {
  try {
    readMessage(message);
    return undefined;
  } catch (error) {
    return error instanceof MalformedEventError ? error.path : String(error);
  }
}

describe('a message of the queue', () => {
  const names = Object.keys(envelopes);
  const inEnvelope = (name: string, message: unknown) => envelopes[name]?.(message);

  it.each(names)('E14: is read as %s', (name) => {
    expect(readMessage(inEnvelope(name, { Records: [s3Record()] })).objects).toEqual([object]);
    expect(readMessage(inEnvelope(name, eventBridgeEvent())).objects).toEqual([object]);
  });

  it.each(names.filter((name) => !name.includes('SNS')))(
    'of Riposte itself is read as %s',
    (name) => {
      expect(readMessage(inEnvelope(name, look)).objects).toEqual([{ ...object, isAsked: true }]);
      expect(readMessage(inEnvelope(name, imports)).findings).toEqual([finding]);
    },
  );

  it.each(names.filter((name) => name.includes('SNS')))(
    'of Riposte itself is refused as %s: on a topic others may speak',
    (name) => {
      expect(() => readMessage(inEnvelope(name, look))).toThrow(MalformedEventError);
      expect(() => readMessage(inEnvelope(name, imports))).toThrow(MalformedEventError);
    },
  );

  it('E14: is read in four envelopes, one in the other', () => {
    const deep = [
      'a notification of SNS',
      'a batch of SQS',
      'a dead letter of Lambda',
      'a dead letter of a function',
    ];
    const message = deep.reduce((inner, name) => inEnvelope(name, inner), {
      Records: [s3Record()],
    } as unknown);
    expect(readMessage(message).objects).toEqual([object]);
  });

  it('is refused where envelopes have no end', () => {
    let message: unknown = { Records: [s3Record()] };
    for (let depth = 0; depth < 10; depth += 1) message = inEnvelope('a batch of SQS', message);
    expect(() => readMessage(message)).toThrow(MalformedEventError);
  });

  it("E14: is done where it is S3's test event", () => {
    const event = { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: bucket };
    for (const name of names) expect(readMessage(inEnvelope(name, event))).toEqual(nothing);
  });

  it('E7: asks for every record, not only for the first', () => {
    const other = key.replace('i-0123456789abcdef0', 'mi-0123456789abcdef0');
    const Records = [s3Record(), s3Record({ object: { key: encodedKey(other) } }), s3Record()];
    const { objects } = readMessage({ Records });
    expect(objects.map((one) => one.key.node)).toEqual([
      'i-0123456789abcdef0',
      'mi-0123456789abcdef0',
      'i-0123456789abcdef0',
    ]);
  });
});

describe('an event of S3', () => {
  it.each([
    ...['Put', 'Post', 'Copy', 'CompleteMultipartUpload'].map((how) => `ObjectCreated:${how}`),
    ...['Delete', 'DeleteMarkerCreated'].map((how) => `ObjectRemoved:${how}`),
    ...['Delete', 'DeleteMarkerCreated'].map((how) => `LifecycleExpiration:${how}`),
  ])('E12: asks to look at the object: %s', (eventName) => {
    expect(readMessage({ Records: [s3Record({ eventName })] }).objects).toEqual([object]);
    expect(
      readMessage({ Records: [s3Record({ eventName: `s3:${eventName}` })] }).objects,
    ).toHaveLength(1);
  });

  it.each(['Object Created', 'Object Deleted'])('asks to look at the object: %s', (detailType) => {
    expect(readMessage(eventBridgeEvent(detailType)).objects).toEqual([object]);
  });

  it.each([
    'ObjectTagging:Put',
    'ObjectRestore:Completed',
    'LifecycleTransition',
    'Replication:OperationFailedReplication',
  ])('is passed over, and counted, where it says nothing about content: %s', (eventName) => {
    expect(readMessage({ Records: [s3Record({ eventName })] })).toEqual({
      ...nothing,
      passedOver: 1,
    });
  });

  it.each(['Object Tags Added', 'Object ACL Updated', 'Object Restore Completed'])(
    'is passed over, and counted, where it says nothing about content: %s',
    (detailType) => {
      expect(readMessage(eventBridgeEvent(detailType))).toEqual({ ...nothing, passedOver: 1 });
    },
  );

  it.each([
    'AWS:InstanceInformation/accountid=123456789012/test.json',
    'AWS:File/accountid=123456789012/',
    `${key}.bak`,
    'reports/2026.csv',
  ])('is passed over, and counted, where its object is no inventory: %s', (text) => {
    const Records = [s3Record({ object: { key: encodedKey(text) } }), s3Record()];
    expect(readMessage({ Records })).toMatchObject({ objects: [object], passedOver: 1 });
    expect(readMessage(eventBridgeEvent('Object Created', { key: text }))).toMatchObject({
      objects: [],
      passedOver: 1,
    });
  });

  it('has its key decoded: blanks first, then percent signs', () => {
    const prefixed = (prefix: string) => ({ ...object, key: { ...inventory, prefix } });
    const encoded = `node+data/50%25%2B/${encodedKey(key)}`;
    expect(readMessage({ Records: [s3Record({ object: { key: encoded } })] }).objects).toEqual([
      prefixed('node data/50%+/'),
    ]);
  });

  it('by EventBridge has its key as it is, and encoded where only that is an inventory', () => {
    const at = (text: string) =>
      readMessage(eventBridgeEvent('Object Created', { key: text })).objects[0]?.key.prefix;
    expect(at(`a+b%2B/${key}`)).toBe('a+b%2B/');
    expect(at(`a+b/${encodedKey(key)}`)).toBe('a b/');
  });

  it('E13: without a version is looked at all the same, and told: the bucket keeps none', () => {
    const { object: one } = { object: { versionId: undefined, 'version-id': undefined } };
    expect(readMessage({ Records: [s3Record({ object: one })] })).toMatchObject({
      objects: [object],
      unversioned: 1,
    });
    expect(readMessage(eventBridgeEvent('Object Created', one))).toMatchObject({
      objects: [object],
      unversioned: 1,
    });
  });
});

describe('what is none of these', () => {
  it.each([
    [null, '(root)'],
    ['text', '(root)'],
    [[], '(root)'],
    [{}, '(root)'],
    [{ Records: [] }, 'Records'],
    [{ Records: {} }, 'Records'],
    [{ Records: [s3Record(), { eventSource: 'aws:kinesis' }] }, 'Records.1.eventSource'],
    [{ Records: [s3Record({ eventVersion: '3.0' })] }, 'Records.0.eventVersion'],
    [{ Records: [s3Record({ object: { key: '%E0%A4%A' } })] }, 'Records.0.s3.object.key'],
    [{ Records: [s3Record({ object: { key: 7 } })] }, 'Records.0.s3.object.key'],
    [{ Records: [{ eventSource: 'aws:sqs', body: '{' }] }, 'Records.0.body'],
    [
      { Records: [{ eventSource: 'aws:sqs', body: '{"Records":[{}]}' }] },
      'Records.0.body.Records.0.eventSource',
    ],
    [{ ...eventBridgeEvent(), source: 'riposte' }, 'source'],
    [{ ...eventBridgeEvent(), detail: {} }, 'detail.bucket.name'],
    [{ ...look, key: 'a.json' }, 'key'],
    [{ ...look, reason: 'fun' }, 'reason'],
    [{ ...imports, findings: [] }, 'findings'],
    [{ ...imports, findings: {} }, 'findings'],
    [{ riposte: 'dance' }, 'riposte'],
    [{ Type: 'SubscriptionConfirmation', Message: 'You have chosen to subscribe' }, '(root)'],
    [{ bodyCut: '{"Rec', bodyBytes: 2_000_000, error: {}, source: {} }, 'body'],
  ])('is refused: %j, at %s', (message, path) => {
    expect(pathOf(message)).toBe(path);
  });

  it('is refused where only a prototype would have its members', () => {
    const inherited = JSON.parse(`{"__proto__": ${JSON.stringify({ Records: [s3Record()] })}}`);
    expect(pathOf(inherited)).toBe('(root)');
    expect(pathOf(Object.create({ Records: [s3Record()] }))).toBe('(root)');
    expect(pathOf({ Records: [{ __proto__: s3Record() }] })).toBe('Records.0.eventSource');
  });
});
