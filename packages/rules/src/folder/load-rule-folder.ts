import type { RuleSet } from '../model/rule-set.ts';
import { type RuleFile, type SortedFiles, sortFiles } from './folder-files.ts';
import { strayPlaceholders } from './placeholders.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import { type ReadChannels, readChannels, readOwners } from './read-channels.ts';
import { type ReadPack, readPack } from './read-pack.ts';
import { type RuleTest, readTests } from './read-tests.ts';
import { channelReferences, type Names, packReferences } from './references.ts';
import { type CheckTemplate, templateProblems } from './template-problems.ts';

/** What a folder holds. */
export interface LoadedRules {
  /** Absent where a problem is an error. */
  readonly ruleSet?: RuleSet;
  readonly tests: readonly RuleTest[];
  readonly problems: readonly Problem[];
}

/** What a reader of rules knows besides. */
export interface LoadOptions {
  /** What is wrong with a template of a message; templates are left alone where it is absent. */
  readonly checkTemplate?: CheckTemplate;
}

/**
 * Reads a folder of rules: `*.rules.yaml`, `channels.yaml`, `owners.yaml`, `*.tests.yaml` and the `*.json` that cases name. Whatever is wrong is
 * a problem with file, line, column and path; nothing is thrown. Other files are left alone.
 *
 * @example
 * const { ruleSet, problems } = loadRuleFolder([{ path: 'a.rules.yaml', text }]);
 * if (!ruleSet) throw new Error(problems.map(problemText).join('\n'));
 */
export function loadRuleFolder(
  files: readonly RuleFile[],
  { checkTemplate }: LoadOptions = {},
): LoadedRules {
  const sorted = sortFiles(files);
  const packs = sorted.readable('rules').map(readPack);
  const channels = sorted.readable('channels').map(readChannels);
  const owners = sorted.readable('owners').map(readOwners);
  const tests = sorted.readable('tests').map((yaml) => readTests(yaml, sorted.documents));
  const read = packs.flatMap((pack) => (pack.read ? [pack.read] : []));
  const problems = inReadingOrder([
    ...sorted.problems,
    ...[...packs, ...channels, ...owners, ...tests].flatMap((part) => part.problems),
    ...twiceNamed(read),
    ...placeholderProblems(sorted),
    ...referenceProblems(read, channels, sorted),
    ...(checkTemplate ? templateProblems(sorted, checkTemplate) : []),
  ]);
  const allTests = tests.flatMap((part) => part.tests);
  if (problems.some(({ severity }) => severity === 'error')) return { tests: allTests, problems };
  const ruleSet: RuleSet = {
    packs: read.map(({ pack }) => pack),
    channels: channels.flatMap(({ file }) => file?.channels ?? []),
    inhibitions: channels.flatMap(({ file }) => file?.inhibitions ?? []),
    timeIntervals: channels.flatMap(({ file }) => file?.timeIntervals ?? []),
    ownership: owners.flatMap(({ ownership }) => ownership),
    ...(owners.some(({ tagKeys }) => tagKeys) && {
      tagKeys: Object.assign({}, ...owners.map(({ tagKeys }) => tagKeys)),
    }),
    version: sorted.version,
  };
  return { ruleSet, tests: allTests, problems };
}

function twiceNamed(read: readonly ReadPack[]): readonly Problem[] {
  return read.flatMap(({ pack, yaml }, index) => {
    const first = read.findIndex((other) => other.pack.name === pack.name);
    const file = read[first]?.pack.file;
    return first === index
      ? []
      : [yaml.problemAt(['pack'], `the pack of ${file} has the name ${pack.name} too`)];
  });
}

function placeholderProblems(sorted: SortedFiles): readonly Problem[] {
  const kinds = ['rules', 'channels', 'owners'] as const;
  return kinds.flatMap((kind) => sorted.readable(kind).flatMap(strayPlaceholders));
}

/** Where channels.yaml itself has errors, names that it may hold are not doubted. */
function referenceProblems(
  packs: readonly ReadPack[],
  channels: readonly ReadChannels[],
  sorted: SortedFiles,
): readonly Problem[] {
  const files = channels.flatMap(({ file, yaml }) => (file ? [{ file, yaml }] : []));
  if (!sorted.complete('channels') || files.length < channels.length) return [];
  const names: Names = {
    channels: new Map(
      files.flatMap(({ file }) => file.channels.map((channel) => [channel.name, channel])),
    ),
    timeIntervals: new Set(
      files.flatMap(({ file }) => (file.timeIntervals ?? []).map(({ name }) => name)),
    ),
  };
  return [
    ...packs.flatMap((pack) => packReferences(pack, names)),
    ...files.flatMap(({ file, yaml }) => channelReferences(file, yaml, names)),
  ];
}
