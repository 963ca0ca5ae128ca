/**
 * What the key of an object of Systems Manager's resource data sync says:
 * `[PREFIX/]AWS:File/accountid=123456789012/region=us-east-1/resourcetype=ManagedInstanceInventory/i-0123456789abcdef0.json`.
 */
export interface InventoryKey {
  /** What stands before the type, with its last slash; empty where the sync has no prefix. */
  readonly prefix: string;
  /** E.g. `AWS:File`, `Custom:FileHash`. */
  readonly type: string;
  readonly account: string;
  readonly region: string;
  /** `i-…` of EC2, `mi-…` of a hybrid node. */
  readonly node: string;
}

/** Node ids as Systems Manager's API model has them (`InstanceId` of PutInventory). */
const node = /i-(?:\w{8}|\w{17})|mi-\w{17}/;
const form = new RegExp(
  [
    '^(?<prefix>(?:.*/)?)(?<type>(?:AWS|Custom):[^/#]{1,100})',
    'accountid=(?<account>\\d{12})',
    'region=(?<region>[a-z]{2,5}(?:-[a-z]+)+-\\d+)',
    `resourcetype=ManagedInstanceInventory/(?<node>${node.source})\\.json$`,
  ].join('/'),
  's',
);

/**
 * Reads the key of an object.
 *
 * @returns undefined where it is no inventory of a node: the sync's own `test.json`, folders, anything else in the bucket.
 * @example
 * parseInventoryKey('AWS:File/accountid=123456789012/region=us-east-1/resourcetype=ManagedInstanceInventory/i-0123456789abcdef0.json')?.node;
 * // 'i-0123456789abcdef0'
 */
export function parseInventoryKey(key: string): InventoryKey | undefined {
  const { prefix = '', type, account, region, node } = form.exec(key)?.groups ?? {};
  if (!(type && account && region && node)) return undefined;
  return { prefix, type, account, region, node };
}

/** The key of the object, as S3 has it. */
export function formatInventoryKey({ prefix, type, account, region, node }: InventoryKey): string {
  return `${prefix}${type}/accountid=${account}/region=${region}/resourcetype=ManagedInstanceInventory/${node}.json`;
}

/** What tells one inventory from all others: its bucket and its key. */
export function trackedId(object: { readonly bucket: string; readonly key: InventoryKey }): string {
  return `${object.bucket}/${formatInventoryKey(object.key)}`;
}
