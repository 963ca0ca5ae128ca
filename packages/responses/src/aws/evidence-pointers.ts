import { createHash } from 'node:crypto';
import { type DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { attributeValues, expiryOf } from './record-item.ts';

/** Where the state table is. */
export interface PointerTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/** One revision of a record in the evidence bucket: which object and version, and what it holds to the byte. */
export interface EvidencePointer {
  readonly revision: number;
  readonly bucket: string;
  readonly key: string;
  /** Absent where the function died between the write and this note; the bucket keeps one version of a key. */
  readonly versionId?: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** What a pointer is made of. */
export interface WrittenEvidence {
  readonly bucket: string;
  readonly key: string;
  readonly text: string;
  readonly versionId?: string;
}

/** Where the outbox keeps what became of a revision. */
export function sentKey(id: string, revision: number) {
  return { pk: { S: `record#${id}` }, sk: { S: `sent#${String(revision).padStart(4, '0')}` } };
}

/** Notes in the state table which object holds a revision; the first note stays. */
export async function notePointer(
  { client, tableName: TableName }: PointerTable,
  { id, revision }: { readonly id: string; readonly revision: number },
  { bucket, key, text, versionId }: WrittenEvidence,
): Promise<void> {
  const sha256 = createHash('sha256').update(text).digest('hex');
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: sentKey(id, revision),
      UpdateExpression: 'SET evidence = if_not_exists(evidence, :evidence), expiresAt = :expiresAt',
      ExpressionAttributeValues: attributeValues({
        ':evidence': { revision, bucket, key, sha256, versionId },
        ':expiresAt': expiryOf(new Date()),
      }),
    }),
  );
}

const noted = z.object({
  evidence: z.object({
    revision: z.int(),
    bucket: z.string(),
    key: z.string(),
    versionId: z.string().exactOptional(),
    sha256: z.string(),
  }),
});

/**
 * The evidence of a record, one pointer a revision that has left, oldest first.
 *
 * @example
 * const [first] = await evidencePointers({ client, tableName }, 'inc-0a1b2c3d4e5f6a7b8c9d');
 */
export async function evidencePointers(
  { client, tableName: TableName }: PointerTable,
  id: string,
): Promise<readonly EvidencePointer[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: attributeValues({ ':pk': `record#${id}`, ':sk': 'sent#' }),
    }),
  );
  return Items.flatMap((item) => {
    const read = noted.safeParse(unmarshall(item));
    return read.success ? [read.data.evidence] : [];
  });
}
