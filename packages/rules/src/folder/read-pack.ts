import type { Action } from '../model/action.ts';
import type { Branch, Rule, RulePack } from '../model/rule.ts';
import { issueProblems } from './issue-problems.ts';
import type { DocumentPath, Problem } from './problem.ts';
import { type PackFile, packFile, type RuleEntry } from './schema/files.ts';
import { twiceNamed } from './twice-named.ts';
import type { YamlFile } from './yaml-file.ts';

/** Where rules without an order stand: room before and behind. */
const defaultOrder = 500;

/** A pack with the file that it was read from, for later problems. */
export interface ReadPack {
  readonly pack: RulePack;
  readonly yaml: YamlFile;
}

/** Reads one `*.rules.yaml`. */
export function readPack(yaml: YamlFile): {
  readonly read?: ReadPack;
  readonly problems: readonly Problem[];
} {
  const result = packFile.safeParse(yaml.value);
  if (!result.success) return { problems: issueProblems(yaml, result.error.issues) };
  const pack = toPack(result.data, yaml.file);
  const said = (name: string) => `another rule of this pack has the name ${name}`;
  const problems = twiceNamed(yaml, 'rules', pack.rules, said);
  return { read: { pack, yaml }, problems };
}

function toPack(file: PackFile, path: string): RulePack {
  return {
    name: file.pack,
    ...(file.description === undefined ? {} : { description: file.description }),
    evaluate: file.evaluate ?? 'original',
    rules: file.rules.map((entry) => toRule(entry, file.pack)),
    file: path,
  };
}

function toRule(entry: RuleEntry, pack: string): Rule {
  const { name, order, enabled, terminal, when, then, else: others, ...rest } = entry;
  return {
    id: `${pack}/${name}`,
    name,
    order: order ?? defaultOrder,
    enabled: enabled ?? true,
    terminal: terminal ?? false,
    branches: [{ when, then }, ...(others ?? []).map(toBranch)],
    ...rest,
  };
}

function toBranch(entry: NonNullable<RuleEntry['else']>[number]): Branch {
  const { when, ...rest } = entry;
  return { when: when ?? { always: true }, ...rest };
}

/** Where a branch is written, in its rule. */
export function pathOfBranch(branch: number): DocumentPath {
  return branch === 0 ? [] : ['else', branch - 1];
}

/** Every action of a pack, and where it is written. */
export function actionsOf(
  pack: RulePack,
): readonly { readonly action: Action; readonly path: DocumentPath }[] {
  return pack.rules.flatMap((rule, ruleIndex) =>
    rule.branches.flatMap((branch, branchIndex) =>
      branch.then.map((action, actionIndex) => ({
        action,
        path: ['rules', ruleIndex, ...pathOfBranch(branchIndex), 'then', actionIndex],
      })),
    ),
  );
}
