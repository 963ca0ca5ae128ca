import { createHash } from 'node:crypto';
import { compareText } from '../compare-text.ts';
import type { Problem } from './problem.ts';
import { suggest } from './suggest.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

/** A file of a rule folder. Paths are relative to the folder, with `/`. */
export interface RuleFile {
  readonly path: string;
  readonly text: string;
}

const kinds = {
  rules: /(^|\/)[^/]+\.rules\.yaml$/,
  channels: /(^|\/)channels\.yaml$/,
  owners: /(^|\/)owners\.yaml$/,
  tests: /(^|\/)[^/]+\.tests\.yaml$/,
} as const;
export type FileKind = keyof typeof kinds;

/** The files of a folder by what they are. */
export interface SortedFiles {
  /** Those that are YAML, by kind and path. */
  readonly readable: (kind: FileKind) => readonly YamlFile[];
  /** Whether all files of a kind could be read. */
  readonly complete: (kind: FileKind) => boolean;
  /** Documents that cases name, by path. */
  readonly documents: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  /** sha256 of all that decides what the rules do. */
  readonly version: string;
}

/** Sorts the files of a folder by name, and reads those that are YAML. */
export function sortFiles(files: readonly RuleFile[]): SortedFiles {
  const sorted = files.toSorted((a, b) => compareText(a.path, b.path));
  const read = sorted.flatMap(({ path, text }) => {
    const kind = kindOf(path);
    return kind === undefined ? [] : [{ kind, text, yaml: readYaml(path, text) }];
  });
  const readable = (kind: FileKind) =>
    read
      .filter((file) => file.kind === kind && file.yaml.problems.length === 0)
      .map(({ yaml }) => yaml);
  const json = sorted.filter(({ path }) => path.endsWith('.json'));
  return {
    readable,
    complete: (kind) => readable(kind).length === read.filter((file) => file.kind === kind).length,
    documents: new Map(json.map(({ path, text }) => [path, text])),
    problems: [
      ...sorted.flatMap(({ path }) => strangeName(path)),
      ...read.flatMap(({ yaml }) => yaml.problems),
      ...(read.some(({ kind }) => kind === 'rules') ? [] : [noRules]),
    ],
    version: versionOf(sorted.filter(({ path }) => decides.has(kindOf(path)))),
  };
}

const decides: ReadonlySet<FileKind | undefined> = new Set(['rules', 'channels', 'owners']);

function kindOf(path: string): FileKind | undefined {
  const found = Object.entries(kinds).find(([, pattern]) => pattern.test(path));
  return found && isKind(found[0]) ? found[0] : undefined;
}

function isKind(name: string): name is FileKind {
  return Object.hasOwn(kinds, name);
}

function versionOf(files: readonly RuleFile[]): string {
  const content = files.map(({ path, text }) => [path, text]);
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

const noRules: Problem = {
  severity: 'error',
  file: '.',
  line: 1,
  column: 1,
  path: '',
  message: 'the folder has no *.rules.yaml',
};

/** A file whose name is nearly right would be left out silently. */
function strangeName(path: string): readonly Problem[] {
  if (!/\.ya?ml$/.test(path) || kindOf(path) !== undefined) return [];
  const name = path.slice(path.lastIndexOf('/') + 1);
  const suggestion =
    suggest(name, ['channels.yaml', 'owners.yaml']) ??
    'files are called *.rules.yaml, *.tests.yaml, channels.yaml and owners.yaml';
  const place = { file: path, line: 1, column: 1, path: '' };
  return [{ severity: 'error', ...place, message: `nothing reads ${name}`, suggestion }];
}
