import {
  compareText,
  type Problem,
  type RuleFile,
  readYaml,
  suggest,
  type YamlFile,
} from '@riposte/rules/folder';

const kinds = { rules: /\.rules\.yaml$/, tests: /\.tests\.yaml$/ } as const;

/** The files of a folder of rules, read, by name. */
export interface InventoryRuleFiles {
  readonly rules: readonly YamlFile[];
  readonly tests: readonly YamlFile[];
  readonly problems: readonly Problem[];
}

/** Sorts the files of a folder by name, which is the order of their rules, and reads those that are YAML. */
export function sortFiles(files: readonly RuleFile[]): InventoryRuleFiles {
  const sorted = files.toSorted((a, b) => compareText(a.path, b.path));
  const read = (kind: keyof typeof kinds) =>
    sorted
      .filter(({ path }) => kinds[kind].test(path))
      .map(({ path, text }) => readYaml(path, text));
  const [rules, tests] = [read('rules'), read('tests')];
  const readable = (all: readonly YamlFile[]) =>
    all.filter(({ problems }) => problems.length === 0);
  return {
    rules: readable(rules),
    tests: readable(tests),
    problems: [
      ...sorted.flatMap(({ path }) => strangeName(path)),
      ...[...rules, ...tests].flatMap(({ problems }) => problems),
      ...(rules.length > 0 ? [] : [problemOf('.', 'the folder has no *.rules.yaml')]),
    ],
  };
}

/** A file whose name is nearly right would be left out silently. */
function strangeName(path: string): readonly Problem[] {
  const isKnown = Object.values(kinds).some((pattern) => pattern.test(path));
  if (isKnown || !/\.ya?ml$/.test(path)) return [];
  const name = path.slice(path.lastIndexOf('/') + 1);
  const stem = name.replace(/\.ya?ml$/, '');
  const meant = suggest(name, [
    `${stem.replace(/\.\w+$/, '')}.rules.yaml`,
    `${stem.replace(/\.\w+$/, '')}.tests.yaml`,
  ]);
  const suggestion = meant ?? 'files are called *.rules.yaml and *.tests.yaml';
  return [{ ...problemOf(path, `nothing reads ${name}`), suggestion }];
}

function problemOf(file: string, message: string): Problem {
  return { severity: 'error', file, line: 1, column: 1, path: '', message };
}
