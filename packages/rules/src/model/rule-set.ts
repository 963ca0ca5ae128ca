import type { Channel, Inhibition, OwnershipEntry, TimeInterval } from './channel.ts';
import type { RulePack } from './rule.ts';

/** Everything that a folder of rules says: checked, plain data, ready to be bundled as JSON. */
export interface RuleSet {
  /** By file name. */
  readonly packs: readonly RulePack[];
  readonly channels: readonly Channel[];
  readonly inhibitions: readonly Inhibition[];
  readonly timeIntervals: readonly TimeInterval[];
  readonly ownership: readonly OwnershipEntry[];
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
