import type { TagChanges } from '../cloudtrail/ports.ts';

/** Tags of one resource. */
export type Tags = Readonly<Record<string, string>>;

/** Tags of resources of one account and Region, whatever service they are of. */
export interface ResourceTags {
  /** None for a resource that was never tagged. */
  read(arn: string): Promise<Tags>;
  /**
   * Sets and takes away; what is not named stays.
   *
   * @throws AccessRefusedError, ChangeRejectedError
   */
  change(arn: string, changes: TagChanges): Promise<void>;
}
