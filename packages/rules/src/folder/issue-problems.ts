import type * as z from 'zod';
import type { DocumentPath, Problem } from './problem.ts';
import { suggest } from './suggest.ts';
import { inWords, lowerFirst, quoteHint, typeInWords, valueAt } from './words.ts';
import type { YamlFile } from './yaml-file.ts';

type Issue = z.core.$ZodIssue;

/** Problems of a document that does not fit its schema: one for each thing that is wrong, placed, in words, with what was meant. */
export function issueProblems(
  yaml: YamlFile,
  issues: readonly Issue[],
  at: DocumentPath = [],
): readonly Problem[] {
  return issues.flatMap((issue) => problemsOf(yaml, issue, [...at, ...stepsOf(issue.path)]));
}

function stepsOf(path: readonly PropertyKey[]): DocumentPath {
  return path.map((step) => (typeof step === 'number' ? step : String(step)));
}

function problemsOf(yaml: YamlFile, issue: Issue, path: DocumentPath): readonly Problem[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(yaml, [...path, key], knownKeys(issue)));
    case 'invalid_union':
      return unionProblems(yaml, issue, path);
    case 'invalid_value':
      return [valueProblem(yaml, issue, path)];
    case 'invalid_type':
      return [typeProblem(yaml, issue.expected, path)];
    case 'invalid_key':
      return [yaml.problemAt(path, issue.issues[0]?.message ?? issue.message, { side: 'key' })];
    case 'custom': {
      const suggestion: unknown = issue.params?.suggestion;
      const more = typeof suggestion === 'string' ? { suggestion } : {};
      return [yaml.problemAt(path, issue.message, more)];
    }
    default:
      return [yaml.problemAt(path, lowerFirst(issue.message))];
  }
}

/** The message of an unknown key lists those that are known: see `strict`. */
function knownKeys(issue: Issue): readonly string[] {
  return issue.code === 'unrecognized_keys' ? issue.message.split('\n') : [];
}

function unknownKey(yaml: YamlFile, path: DocumentPath, known: readonly string[]): Problem {
  const key = String(path.at(-1));
  if (known.includes(key))
    return yaml.problemAt(path, 'only one key belongs here', {
      side: 'key',
      suggestion: `make ${key} an entry of its own`,
    });
  const suggestion = suggest(key, known) ?? listed(known);
  return yaml.problemAt(path, `unknown key ${key}`, { side: 'key', suggestion });
}

/** A short list is help; 42 fields are none. */
function listed(known: readonly string[]): string | undefined {
  return known.length <= 15 ? `known here: ${known.join(', ')}` : undefined;
}

function valueProblem(
  yaml: YamlFile,
  issue: z.core.$ZodIssueInvalidValue,
  path: DocumentPath,
): Problem {
  const written = valueAt(yaml.value, path);
  if (written === undefined) return typeProblem(yaml, 'value', path);
  const values = issue.values.map(String);
  const own = issue.message.startsWith('Invalid') ? undefined : issue.message;
  const several = values.length > 1 ? `one of ${values.join(', ')}` : values[0];
  if (own !== undefined) return yaml.problemAt(path, own);
  const suggestion = suggest(String(written), values);
  const few = values.length <= 15 ? `expected ${several}` : undefined;
  return yaml.problemAt(path, `${inWords(written)} is not known here`, {
    suggestion: suggestion ?? few,
  });
}

function typeProblem(yaml: YamlFile, expected: string, path: DocumentPath): Problem {
  const written = valueAt(yaml.value, path);
  const wanted = typeInWords(expected);
  if (written === undefined)
    return yaml.problemAt(path.slice(0, -1), `${String(path.at(-1))} is missing`, {
      suggestion: `it is ${wanted}`,
    });
  const suggestion = quoteHint([expected], written);
  return yaml.problemAt(path, `expected ${wanted}, not ${inWords(written)}`, { suggestion });
}

/** What is wrong with the alternative that was probably meant: the one whose keys were used. */
function unionProblems(
  yaml: YamlFile,
  issue: z.core.$ZodIssueInvalidUnion,
  path: DocumentPath,
): readonly Problem[] {
  if (issue.discriminator !== undefined && issue.errors.length === 0)
    return [discriminatorProblem(yaml, issue, path)];
  const written = valueAt(yaml.value, path);
  const ranked = issue.errors
    .map((issues) => ({
      issues,
      strange: issues.filter((inner) => isOutside(inner, written)).length,
    }))
    .toSorted((a, b) => a.strange - b.strange);
  const best = ranked[0];
  if (best !== undefined && best.strange === 0) return issueProblems(yaml, best.issues, path);
  const known = [...new Set(issue.errors.flatMap((issues) => issues.flatMap(rootKeys)))];
  if (written === undefined) return [typeProblem(yaml, 'object', path)];
  if (known.length === 0) return [scalarUnion(yaml, issue, path)];
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    return [
      yaml.problemAt(path, `expected a mapping, not ${inWords(written)}`, {
        suggestion: listed(known),
      }),
    ];
  return keyProblems(yaml, Object.keys(written), known, path);
}

function keyProblems(
  yaml: YamlFile,
  keys: readonly string[],
  known: readonly string[],
  path: DocumentPath,
): readonly Problem[] {
  if (keys.length === 0)
    return [yaml.problemAt(path, 'one key is missing', { suggestion: listed(known) })];
  const strange = keys.filter((key) => !known.includes(key));
  const wrong = strange.length > 0 ? strange : keys.slice(1);
  return wrong.map((key) => unknownKey(yaml, [...path, key], known));
}

function discriminatorProblem(
  yaml: YamlFile,
  issue: z.core.$ZodIssueInvalidUnion,
  path: DocumentPath,
): Problem {
  const written = valueAt(yaml.value, path);
  // The issue's type keeps the values to its message: `Expected 'sns' | 'teams'`.
  const values = [...issue.message.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '');
  if (written === undefined) return typeProblem(yaml, `one of ${values.join(', ')}`, path);
  const suggestion = suggest(String(written), values) ?? `expected one of ${values.join(', ')}`;
  return yaml.problemAt(path, `${inWords(written)} is not known here`, { suggestion });
}

/** A union of plain values: its own message, or what its kinds are. */
function scalarUnion(
  yaml: YamlFile,
  issue: z.core.$ZodIssueInvalidUnion,
  path: DocumentPath,
): Problem {
  const written = valueAt(yaml.value, path);
  if (issue.message !== 'Invalid input') return yaml.problemAt(path, issue.message);
  const kinds = issue.errors.flatMap((issues) =>
    issues.flatMap((inner) => (inner.code === 'invalid_type' ? [inner.expected] : [])),
  );
  const wanted = [...new Set(kinds)].map(typeInWords).join(' or ');
  const suggestion = quoteHint(kinds, written);
  const message = `expected ${wanted || 'another value'}, not ${inWords(written)}`;
  return yaml.problemAt(path, message, { suggestion });
}

/** Whether an issue says that the value is none of this alternative's: another type, or without the key that makes it. */
function isOutside(issue: Issue, written: unknown): boolean {
  if (issue.path.length === 0)
    return issue.code === 'unrecognized_keys' || issue.code === 'invalid_type';
  const missing = issue.code === 'invalid_type' || issue.code === 'invalid_value';
  return issue.path.length === 1 && missing && valueAt(written, stepsOf(issue.path)) === undefined;
}

function rootKeys(issue: Issue): readonly string[] {
  if (issue.path.length > 0)
    return issue.path.length === 1 && issue.code === 'invalid_type' ? [String(issue.path[0])] : [];
  return knownKeys(issue);
}
