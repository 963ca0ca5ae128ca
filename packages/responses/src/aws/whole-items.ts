import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { ResponseRecord, WholeRecord } from '@riposte/findings';
import { UnreadableRecordError } from '../errors.ts';
import { sha256 } from '../evidence-object.ts';
import { readStoredRecord } from '../stored-record.ts';
import { expiryOf } from './record-item.ts';

/** The table that records are in. */
export interface WholeTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/** An item takes 400 KB. */
const chunkBytes = 300_000;

/**
 * Stores the text of a whole record beside its item, in as many items as it takes: before the record itself, so that whoever sees the
 * record finds them. They are named by their content: a writer that comes too late spoils nothing.
 */
export async function putWhole(
  { client, tableName: TableName }: WholeTable,
  id: string,
  text: string,
  now: Date,
): Promise<void> {
  const bytes = Buffer.from(text);
  const digest = sha256(text);
  const expiresAt = { N: String(expiryOf(now)) };
  await Promise.all(
    chunksOf(bytes.length).map((chunk) =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: chunkKey(id, digest, chunk),
          UpdateExpression: 'SET chunk = :chunk, expiresAt = :expiresAt',
          ExpressionAttributeValues: {
            ':chunk': { B: bytes.subarray(chunk * chunkBytes, (chunk + 1) * chunkBytes) },
            ':expiresAt': expiresAt,
          },
        }),
      ),
    ),
  );
}

/**
 * The text of a whole record: what its object in the evidence bucket holds.
 *
 * @throws UnreadableRecordError when it is not there, or is not what the record says.
 */
export async function wholeText(
  { client, tableName: TableName }: WholeTable,
  id: string,
  whole: WholeRecord,
): Promise<string> {
  const answers = await Promise.all(
    chunksOf(whole.bytes).map((chunk) =>
      client.send(
        new GetItemCommand({
          TableName,
          Key: chunkKey(id, whole.sha256, chunk),
          ConsistentRead: true,
        }),
      ),
    ),
  );
  const text = Buffer.concat(answers.map(({ Item }) => Item?.chunk?.B ?? Buffer.of())).toString();
  if (sha256(text) !== whole.sha256) throw new UnreadableRecordError('whole.sha256');
  return text;
}

/** A record as it was concluded: the whole, where the table's item is a summary. One more read then, none otherwise. */
export async function wholeRecord(
  table: WholeTable,
  record: ResponseRecord,
): Promise<ResponseRecord> {
  if (record.whole === undefined) return record;
  return readStoredRecord(JSON.parse(await wholeText(table, record.id, record.whole)));
}

function chunksOf(bytes: number): readonly number[] {
  return Array.from({ length: Math.ceil(bytes / chunkBytes) }, (_, chunk) => chunk);
}

function chunkKey(id: string, digest: string, chunk: number) {
  return {
    pk: { S: `record#${id}` },
    sk: { S: `whole#${digest}#${String(chunk).padStart(4, '0')}` },
  };
}
