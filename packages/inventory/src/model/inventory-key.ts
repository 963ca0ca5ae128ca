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
