import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ResponseRecord } from '@riposte/findings';
import type { TrailConfiguration, TrailId } from '@riposte/remediations/cloudtrail';
import { dynamoRecords } from '@riposte/responses/aws/dynamo-records';
import type { GuardWorld } from '../guard/guard-world.ts';
import { lookSettings } from '../guard/look-settings.ts';

async function put({ stage, names }: GuardWorld, item: Readonly<Record<string, unknown>>) {
  const client = new DynamoDBClient(lookSettings(stage));
  const Item = marshall(item, { removeUndefinedValues: true });
  await client.send(new PutItemCommand({ TableName: names.StateTableName, Item }));
  client.destroy();
}

/** Approves settings of a trail, as `riposte trail approve` would write it down. */
export function approveAs(
  world: GuardWorld,
  trail: TrailId,
  configuration: TrailConfiguration,
): Promise<void> {
  return put(world, {
    ...{ pk: `trail#${trail.arn}`, sk: 'baseline', listPk: 'baselines', listSk: trail.arn },
    ...{ version: 1, trail, configuration, approvedBy: 'test', reason: 'as built' },
    approvedAt: new Date().toISOString(),
  });
}

/** A record that nobody can read: it has concluded, and is none. */
export function unreadableRecord(world: GuardWorld): Promise<void> {
  const record = { id: 'inc-unreadable', schemaVersion: 99 };
  return put(world, { pk: 'record#inc-unreadable', sk: 'record', revision: 1, record });
}

/** Makes a concluded record too large for one item, as long lists of settings can: the rest of it then lies beside it. */
export async function enlarge({ stage, names }: GuardWorld, record: ResponseRecord): Promise<void> {
  const client = new DynamoDBClient(lookSettings(stage));
  const records = dynamoRecords({
    client,
    tableName: names.StateTableName,
    clock: () => new Date(),
  });
  const after = Array.from({ length: 8000 }, (_, line) => `selector ${line} of very many settings`);
  await records.conclude({ ...record, after, revision: record.revision + 1 });
  client.destroy();
}
