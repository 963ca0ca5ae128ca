import { severityFromAsff } from '@riposte/findings';
import {
  issueProblems,
  type Problem,
  suggest,
  twiceNamed,
  type YamlFile,
} from '@riposte/rules/folder';
import type { InventoryRule, MaintenanceWindow, NamePattern } from '../inventory-rule.ts';
import {
  type RuleEntry,
  type RulesFile,
  rulesFile,
  type WindowOfFile,
} from './schema/rules-file.ts';

/** A file of rules that fits its schema. */
export interface ReadRules {
  readonly yaml: YamlFile;
  readonly file: RulesFile;
}

/** Reads one `*.rules.yaml`. */
export function readRules(yaml: YamlFile): {
  readonly read?: ReadRules;
  readonly problems: readonly Problem[];
} {
  const result = rulesFile.safeParse(yaml.value);
  if (!result.success) return { problems: issueProblems(yaml, result.error.issues) };
  const said = (name: string) => `another window of this file has the name ${name}`;
  return {
    read: { yaml, file: result.data },
    problems: twiceNamed(yaml, 'windows', result.data.windows ?? [], said),
  };
}

/** Windows of all files, by name. */
export function windowsOf(files: readonly ReadRules[]): ReadonlyMap<string, MaintenanceWindow> {
  return new Map(
    files.flatMap(({ file }) =>
      (file.windows ?? []).flatMap((window) => {
        const read = toWindow(window);
        return read ? [[window.name, read] as const] : [];
      }),
    ),
  );
}

function toWindow({ name, start, end, ...rest }: WindowOfFile): MaintenanceWindow | undefined {
  if (start !== undefined && end !== undefined) return { name, start, end };
  const { timeZone = 'UTC', from, to, days, weeks } = rest;
  if (from === undefined || to === undefined) return undefined;
  return { name, timeZone, from, to, ...(days && { days }), ...(weeks && { weeks }) };
}

/** Rules and windows that bear the name of one before them, in another file or this; windows that there are not. */
export function nameProblems(
  files: readonly ReadRules[],
  windows: ReadonlyMap<string, MaintenanceWindow>,
): readonly Problem[] {
  const ids = new Map<string, string>();
  const owners = new Map<string, string>();
  return files.flatMap(({ yaml, file }) => [
    ...file.rules.flatMap(({ id, maintenance }, index) => [
      ...taken(ids, id, yaml, ['rules', index, 'id'], 'rule'),
      ...(maintenance?.windows ?? []).flatMap((name, position) =>
        windows.has(name)
          ? []
          : [
              yaml.problemAt(
                ['rules', index, 'maintenance', 'windows', position],
                `there is no window ${name}`,
                { suggestion: suggest(name, [...windows.keys()]) },
              ),
            ],
      ),
    ]),
    ...(file.windows ?? []).flatMap(({ name }, index) => {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, yaml.file);
      return owner === undefined || owner === yaml.file
        ? []
        : [yaml.problemAt(['windows', index, 'name'], `${owner} has a window ${name} too`)];
    }),
  ]);
}

function taken(
  ids: Map<string, string>,
  id: string,
  yaml: YamlFile,
  path: readonly (string | number)[],
  kind: string,
): readonly Problem[] {
  const owner = ids.get(id);
  if (owner === undefined) ids.set(id, yaml.file);
  return owner === undefined ? [] : [yaml.problemAt(path, `${owner} has a ${kind} ${id} already`)];
}

/** A rule as it is evaluated. */
export function toRule(
  entry: RuleEntry,
  windows: ReadonlyMap<string, MaintenanceWindow>,
): InventoryRule {
  const {
    include,
    exclude = [],
    type,
    changes,
    severity,
    policy,
    tags,
    maintenance,
    ...rest
  } = entry;
  return {
    ...rest,
    type: type ?? 'AWS:File',
    include: include.map(toPattern),
    exclude: exclude.map(toPattern),
    changes: changes ?? ['created', 'modified', 'deleted'],
    severity: severityOf(severity),
    policy: policy ?? 'readonly',
    ...(tags && { tags: toTags(tags) }),
    ...(maintenance && {
      maintenance: {
        severity: severityOf(maintenance.severity),
        windows: maintenance.windows.flatMap((name) => windows.get(name) ?? []),
      },
    }),
  };
}

function severityOf(label: string | undefined): InventoryRule['severity'] {
  return severityFromAsff(label, undefined) ?? 'informational';
}

function toPattern(name: RuleEntry['include'][number]): NamePattern {
  return typeof name === 'string' ? { glob: name } : name;
}

function toTags(tags: NonNullable<RuleEntry['tags']>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, values]) => [
      key,
      typeof values === 'string' ? [values] : values,
    ]),
  );
}
