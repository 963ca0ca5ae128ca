import type { RuleFile } from '../folder/folder-files.ts';
import type { DocumentPath, Problem } from '../folder/problem.ts';
import { readYaml, type YamlFile } from '../folder/yaml-file.ts';
import type { Rule, RulePack } from '../model/rule.ts';
import type { RuleSet } from '../model/rule-set.ts';

/** A rule in its pack. */
export interface PlacedRule {
  readonly rule: Rule;
  readonly pack: RulePack;
  /** Its position in the file. */
  readonly index: number;
}

/** Makes a warning about a part of a rule. */
export type Warn = (
  placed: PlacedRule,
  path: DocumentPath,
  message: string,
  suggestion?: string,
) => Problem;

/** The enabled rules, in the order in which they are evaluated. */
export function enabledRules({ packs }: RuleSet): readonly PlacedRule[] {
  return packs
    .flatMap((pack) => pack.rules.map((rule, index) => ({ rule, pack, index })))
    .filter(({ rule }) => rule.enabled)
    .toSorted((a, b) => a.rule.order - b.rule.order);
}

/** Places warnings by line where the files are at hand; a rule set alone knows file and path. */
export function placer(files: readonly RuleFile[] = []): {
  readonly inRule: Warn;
  readonly inFile: (file: string, path: DocumentPath, message: string) => Problem;
} {
  const read = new Map<string, YamlFile>();
  const yamlOf = (file: string) => {
    const text = files.find(({ path }) => path === file)?.text ?? '{}';
    const yaml = read.get(file) ?? readYaml(file, text);
    read.set(file, yaml);
    return yaml;
  };
  const severity = 'warning';
  return {
    inRule: ({ pack, index }, path, message, suggestion) =>
      yamlOf(pack.file).problemAt(['rules', index, ...path], message, { severity, suggestion }),
    inFile: (file, path, message) => yamlOf(file).problemAt(path, message, { severity }),
  };
}
