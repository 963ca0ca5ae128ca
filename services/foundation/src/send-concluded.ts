import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type createOutbox, readStoredRecord, UnreadableRecordError } from '@riposte/responses';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';

/** The item as streams carry it, which Lambda's and the SDK's types name differently. */
const attributes = z.record(
  z.string(),
  z.custom<AttributeValue>((value) => typeof value === 'object' && value !== null),
);

/**
 * Takes one change of the state table and lets the response record that it carries leave. What is not a concluded record is passed over:
 * the stream's filter keeps most of it away.
 *
 * @throws UnreadableRecordError where the item is no record of this version; DeliveryError where a channel did not take it.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html
 */
export function sendConcluded(send: ReturnType<typeof createOutbox>) {
  return async ({ eventName, dynamodb }: DynamoDBRecord) => {
    const image = dynamodb?.NewImage;
    if (eventName === 'REMOVE' || image?.sk?.S !== 'record') return undefined;
    const record = readStoredRecord(itemOf(image).record);
    return record.revision === 0 ? undefined : send(record);
  };
}

function itemOf(image: unknown): Readonly<Record<string, unknown>> {
  try {
    return unmarshall(attributes.parse(image));
  } catch (cause) {
    throw new UnreadableRecordError('dynamodb.NewImage', { cause });
  }
}
