import type { OwnershipEntry } from '../model/channel.ts';
import type { GivenTagKeys } from '../model/rule-set.ts';
import { issueProblems } from './issue-problems.ts';
import type { Problem } from './problem.ts';
import { type ChannelsFile, channelsFile, ownersFile } from './schema/files.ts';
import { twiceNamed } from './twice-named.ts';
import type { YamlFile } from './yaml-file.ts';

/** `channels.yaml`, read. */
export interface ReadChannels {
  readonly yaml: YamlFile;
  /** Absent where it has errors. */
  readonly file?: ChannelsFile;
  readonly problems: readonly Problem[];
}

/** Reads `channels.yaml`. */
export function readChannels(yaml: YamlFile): ReadChannels {
  const result = channelsFile.safeParse(yaml.value);
  if (!result.success) return { yaml, problems: issueProblems(yaml, result.error.issues) };
  const file = result.data;
  const problems = (['channels', 'inhibitions', 'timeIntervals'] as const).flatMap((list) =>
    twiceNamed(yaml, list, file[list] ?? [], (name) => `${name} is named twice`),
  );
  return { yaml, file, problems };
}

/** Reads `owners.yaml`. */
export function readOwners(yaml: YamlFile): {
  readonly ownership: readonly OwnershipEntry[];
  readonly tagKeys?: GivenTagKeys;
  readonly problems: readonly Problem[];
} {
  const result = ownersFile.safeParse(yaml.value);
  if (result.success) return { ...result.data, problems: [] };
  return { ownership: [], problems: issueProblems(yaml, result.error.issues) };
}
