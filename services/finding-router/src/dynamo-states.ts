import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { digest } from './digest.ts';
import { StaleStateError, UnreadableMessageError } from './errors.ts';
import type { FindingState, FindingStates } from './finding-state.ts';

/** The router's table. Findings that were not heard of for so long are forgotten. */
export interface StatesOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  clock(): Date;
}

const keptDays = 400;
const mostKeys = 100;

/**
 * `FindingStates` in DynamoDB: one item a finding.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export function dynamoStates({ client, tableName, clock }: StatesOptions): FindingStates {
  return {
    async read(keys) {
      const states = new Map<string, FindingState>();
      const wanted = [...new Set(keys)];
      for (let at = 0; at < wanted.length; at += mostKeys) {
        for (const state of await readSome(client, tableName, wanted.slice(at, at + mostKeys))) {
          states.set(state.key, state);
        }
      }
      return states;
    },
    async write(state) {
      const expiresAt = Math.floor(clock().getTime() / 1000) + keptDays * 86_400;
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: marshall({ ...itemKey(state.key), ...state, expiresAt }, plain),
            ...(state.version === 1
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: '#version = :before',
                  ExpressionAttributeNames: { '#version': 'version' },
                  ExpressionAttributeValues: marshall({ ':before': state.version - 1 }),
                }),
          }),
        );
      } catch (cause) {
        if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
        throw new StaleStateError(state.key, { cause });
      }
    },
    async sent(state) {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: marshall(itemKey(state.key)),
            UpdateExpression: 'SET pending = :none',
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: marshall({ ':none': [], ':version': state.version }),
          }),
        );
      } catch (error) {
        // Somebody has written on top: what was pending was read and sent by them too, with the same ids.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}

const plain = { removeUndefinedValues: true } as const;

/** The key of a finding's item. */
export function itemKey(key: string): { readonly pk: string; readonly sk: string } {
  return { pk: `finding#${digest(key)}`, sk: 'state' };
}

async function readSome(
  client: DynamoDBClient,
  tableName: string,
  keys: readonly string[],
): Promise<readonly FindingState[]> {
  const states: FindingState[] = [];
  let asked = keys.map((key) => marshall(itemKey(key)));
  while (asked.length > 0) {
    const { Responses = {}, UnprocessedKeys = {} } = await client.send(
      new BatchGetItemCommand({
        RequestItems: { [tableName]: { Keys: asked, ConsistentRead: true } },
      }),
    );
    for (const item of Responses[tableName] ?? []) states.push(readState(unmarshall(item)));
    asked = UnprocessedKeys[tableName]?.Keys ?? [];
  }
  return states;
}

const text = z.string();
const effectSchema = z.object({
  kind: z.enum(['update', 'notify', 'ticket', 'evidence', 'action']),
  format: z.enum(['asff', 'ocsf', 'guardduty']),
  fingerprint: text,
  version: z.number().exactOptional(),
  channel: text.exactOptional(),
  key: text.exactOptional(),
  open: z.boolean().exactOptional(),
});
const messageSchema = z.object({
  queue: z.enum([
    ...(['updates', 'alerts', 'jira', 'servicenow', 'actions', 'evidence'] as const),
    ...(['sns', 'slack', 'teams', 'pagerduty', 'webhook'] as const),
  ]),
  id: text,
  group: text,
  body: z.record(text, z.unknown()),
});
const stands = z.enum(['open', 'acknowledged', 'resolved']).exactOptional();
const lifeSchema = z.object({
  openSince: text.exactOptional(),
  acknowledged: z.boolean(),
  stands: z.object({ asff: stands, ocsf: stands, guardduty: stands }),
});
const seen = z.object({ updatedAt: text, eventTime: text }).exactOptional();
const stateSchema = z.object({
  key: text,
  version: z.number(),
  seen: z.object({ asff: seen, ocsf: seen, guardduty: seen }),
  firstSeen: text,
  life: lifeSchema,
  facts: z.custom<FindingState['facts']>((value) => typeof value === 'object' && value !== null),
  effects: z.record(text, effectSchema),
  pending: z.array(messageSchema),
});

function readState(item: unknown): FindingState {
  const parsed = stateSchema.safeParse(item);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.map(String).join('.') || '(root)';
  throw new UnreadableMessageError(path, { cause: parsed.error });
}
