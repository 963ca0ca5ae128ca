import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import {
  type EvidencePointer,
  type ResponseEvent,
  type ResponseRecord,
  responseRecorded,
} from '@riposte/findings';
import { DeliveryError } from '../errors.ts';
import { evidenceText, sha256 } from '../evidence-object.ts';
import type { OutboxChannel, OutboxPorts, Written } from '../outbox.ts';
import { wholeText } from './whole-items.ts';

/** The places that records leave for. */
export interface OutboxTargets {
  readonly s3: S3Client;
  readonly bucketName: string;
  readonly eventBridge: EventBridgeClient;
  readonly eventBusName: string;
  readonly sns: SNSClient;
  readonly topicArn: string;
  readonly dynamo: DynamoDBClient;
  readonly tableName: string;
}

/** The outbox on AWS: evidence bucket, Riposte's bus, alerts topic, marks in the state table. */
export function outboxPorts(targets: OutboxTargets): OutboxPorts {
  return {
    evidence: { putOnce: (key, record) => putOnce(targets, key, record) },
    bus: { send: (record, evidence) => sendEvent(targets, record, evidence) },
    messages: { send: (record) => publish(targets, record) },
    marks: {
      async sent(id, revision) {
        const { Item } = await targets.dynamo.send(
          new GetItemCommand({
            TableName: targets.tableName,
            Key: marksKey(id, revision),
            ConsistentRead: true,
          }),
        );
        return (Item?.channels?.SS ?? []).filter(isChannel);
      },
      async mark(id, revision, channels) {
        if (channels.length === 0) return;
        await targets.dynamo.send(
          new UpdateItemCommand({
            TableName: targets.tableName,
            Key: marksKey(id, revision),
            UpdateExpression: 'ADD channels :channels',
            ExpressionAttributeValues: { ':channels': { SS: [...channels] } },
          }),
        );
      },
    },
  };
}

function isChannel(text: string): text is OutboxChannel {
  return text === 'bus' || text === 'message';
}

function marksKey(id: string, revision: number) {
  return { pk: { S: `record#${id}` }, sk: { S: `sent#${String(revision).padStart(4, '0')}` } };
}

/** The evidence is the whole record, also where bus and people get a summary. */
async function putOnce(
  targets: OutboxTargets,
  key: string,
  record: ResponseRecord,
): Promise<Written> {
  const table = { client: targets.dynamo, tableName: targets.tableName };
  const Body = record.whole
    ? await wholeText(table, record.id, record.whole)
    : evidenceText(record);
  const pointer = { bucket: targets.bucketName, key, sha256: sha256(Body) };
  try {
    const { VersionId } = await targets.s3.send(
      new PutObjectCommand({
        Bucket: targets.bucketName,
        Key: key,
        Body,
        ContentType: 'application/json',
        IfNoneMatch: '*',
        ChecksumAlgorithm: 'SHA256',
      }),
    );
    const version = VersionId === undefined ? {} : { versionId: VersionId };
    return { isNew: true, pointer: { ...pointer, ...version } };
  } catch (error) {
    const isThere = error instanceof S3ServiceException && error.name === 'PreconditionFailed';
    if (isThere) return { isNew: false, pointer };
    throw error;
  }
}

async function sendEvent(
  targets: OutboxTargets,
  record: ResponseRecord,
  evidence: EvidencePointer,
): Promise<void> {
  const { message: _message, ...said } = record;
  const detail: ResponseEvent = { ...said, evidence };
  const { FailedEntryCount, Entries } = await targets.eventBridge.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: targets.eventBusName,
          Source: responseRecorded.source,
          DetailType: responseRecorded.detailType,
          Resources: [record.resource.arn],
          Detail: JSON.stringify(detail),
        },
      ],
    }),
  );
  if (FailedEntryCount) throw new DeliveryError('bus', { cause: Entries?.[0]?.ErrorCode });
}

async function publish(targets: OutboxTargets, record: ResponseRecord): Promise<void> {
  if (!record.message) return;
  const { subject, body, attributes } = record.message;
  await targets.sns.send(
    new PublishCommand({
      TopicArn: targets.topicArn,
      Subject: subject,
      Message: body,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [
          name,
          { DataType: 'String', StringValue: value },
        ]),
      ),
    }),
  );
}
