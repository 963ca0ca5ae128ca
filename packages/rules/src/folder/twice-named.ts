import type { Problem } from './problem.ts';
import type { YamlFile } from './yaml-file.ts';

/** Entries of a list that bear the name of one before them. */
export function twiceNamed(
  yaml: YamlFile,
  list: string,
  entries: readonly { readonly name: string }[],
  said: (name: string) => string,
): readonly Problem[] {
  const names = entries.map(({ name }) => name);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index ? [] : [yaml.problemAt([list, index, 'name'], said(name))],
  );
}
