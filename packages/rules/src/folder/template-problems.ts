import type { SortedFiles } from './folder-files.ts';
import type { DocumentPath, Problem } from './problem.ts';
import { valueAt } from './words.ts';
import type { YamlFile } from './yaml-file.ts';

/** What is wrong with a Liquid template; undefined: nothing. A warning is a variable that is always empty. */
export type CheckTemplate = (
  text: string,
) => { readonly severity: Problem['severity']; readonly message: string } | undefined;

/** Members of channels and of `notify` that are templates of messages. */
const templates = new Set(['title', 'body']);

/** Templates of messages that cannot be rendered, or that name what no message has. */
export function templateProblems(sorted: SortedFiles, check: CheckTemplate): readonly Problem[] {
  const channels = sorted
    .readable('channels')
    .flatMap((yaml) => problemsIn(yaml, ['channels'], check));
  const rules = sorted.readable('rules').flatMap((yaml) => problemsIn(yaml, ['rules'], check));
  return [...channels, ...rules];
}

function problemsIn(yaml: YamlFile, root: DocumentPath, check: CheckTemplate): readonly Problem[] {
  const problems: Problem[] = [];
  const visit = (value: unknown, path: DocumentPath): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(name) : name];
      if (typeof inner !== 'string') visit(inner, at);
      else if (templates.has(name) && isMessage(path)) add(inner, at);
    }
  };
  const add = (text: string, path: DocumentPath) => {
    const wrong = check(text);
    if (wrong) problems.push(yaml.problemAt(path, wrong.message, { severity: wrong.severity }));
  };
  visit(valueAt(yaml.value, root), root);
  return problems;
}

/** `channels[i]`, or a rule's `notify`: tickets have variables of their own. */
function isMessage(path: DocumentPath): boolean {
  return path.at(-1) === 'notify' || (path[0] === 'channels' && path.length === 2);
}
