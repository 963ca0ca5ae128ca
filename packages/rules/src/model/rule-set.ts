import type { OwnerField } from '../ownership/owner-fields.ts';
import type { Channel, Inhibition, OwnershipEntry, TimeInterval } from './channel.ts';
import type { RulePack } from './rule.ts';

/** By field, the tag keys that it is read from, first one first. Absent: the usual ones. An empty list: never from tags. */
export type GivenTagKeys = Readonly<Partial<Record<OwnerField, readonly string[]>>>;

/** Everything that a folder of rules says: checked, plain data, ready to be bundled as JSON. */
export interface RuleSet {
  /** By file name. */
  readonly packs: readonly RulePack[];
  readonly channels: readonly Channel[];
  readonly inhibitions: readonly Inhibition[];
  readonly timeIntervals: readonly TimeInterval[];
  readonly ownership: readonly OwnershipEntry[];
  /** Tag keys that owners are read from, where they are not the usual ones. */
  readonly tagKeys?: GivenTagKeys;
  /** sha256 of the files, in hexadecimal digits: which version of the rules acted. */
  readonly version: string;
}

/** What is known of a finding's resources besides the finding itself. A field that could not be read is named in `unknown`. */
export interface ResourceContext {
  readonly owner?: string;
  readonly team?: string;
  readonly businessCriticality?: string;
  readonly dataClassification?: string;
  readonly environment?: string;
  /** Live tags, where they were read. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly unknown?: readonly string[];
}
