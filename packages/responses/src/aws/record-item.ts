import { marshall } from '@aws-sdk/util-dynamodb';

const retainedDays = 400;

/** Where a record's item stands in the state table. */
export function recordKey(id: string): { readonly pk: string; readonly sk: string } {
  return { pk: `record#${id}`, sk: 'record' };
}

/** DynamoDB's form of a plain object; undefined members are left out. */
export function attributeValues(value: Readonly<Record<string, unknown>>) {
  return marshall(value, { removeUndefinedValues: true });
}

/** When an item written now is deleted: seconds since 1970. */
export function expiryOf(now: Date): number {
  return Math.floor(now.getTime() / 1000) + retainedDays * 86_400;
}
