import * as z from 'zod';
import type { ResourceContext } from '../model/rule-set.ts';
import { issueProblems } from './issue-problems.ts';
import type { Problem } from './problem.ts';
import { type expectation, type TestsFile, testsFile } from './schema/files.ts';
import { suggest } from './suggest.ts';
import { twiceNamed } from './twice-named.ts';
import type { YamlFile } from './yaml-file.ts';

/** What a case expects: see `docs/rules.md`. */
export type RuleExpectation = z.infer<typeof expectation>;

/** One case beside the rules. */
export interface RuleTest {
  readonly file: string;
  readonly name: string;
  /** Line of the case in its file. */
  readonly line: number;
  /** Only these packs are evaluated; all where absent. */
  readonly packs?: readonly string[];
  /** Rules that count as enabled: ids, or `pack/*`. */
  readonly enable?: readonly string[];
  readonly finding: unknown;
  readonly context?: ResourceContext;
  /** ISO 8601. */
  readonly now?: string;
  readonly expect: RuleExpectation;
}

/** Reads one `*.tests.yaml`. Findings in files of their own are looked up by path, relative to the cases' file. */
export function readTests(
  yaml: YamlFile,
  documents: ReadonlyMap<string, string>,
): { readonly tests: readonly RuleTest[]; readonly problems: readonly Problem[] } {
  const result = testsFile.safeParse(yaml.value);
  if (!result.success) return { tests: [], problems: issueProblems(yaml, result.error.issues) };
  const read = result.data.cases.map((_, index) => readCase(result.data, index, yaml, documents));
  const said = (name: string) => `another case of this file is called ${name}`;
  return {
    tests: read.flatMap(({ test }) => (test ? [test] : [])),
    problems: [
      ...read.flatMap(({ problems }) => problems),
      ...twiceNamed(yaml, 'cases', result.data.cases, said),
    ],
  };
}

interface ReadCase {
  readonly test?: RuleTest;
  readonly problems: readonly Problem[];
}

function readCase(
  file: TestsFile,
  index: number,
  yaml: YamlFile,
  documents: ReadonlyMap<string, string>,
): ReadCase {
  const { packs, enable, cases } = file;
  const entry = cases[index];
  if (entry === undefined) return { problems: [] };
  const { finding: inline, file: path, ...rest } = entry;
  const found = path === undefined ? { finding: inline } : documentAt(path, index, yaml, documents);
  if ('problem' in found) return { problems: [found.problem] };
  const { line } = yaml.problemAt(['cases', index], '');
  const scope = { ...(packs ? { packs } : {}), ...(enable ? { enable } : {}) };
  return {
    test: { file: yaml.file, line, ...scope, ...rest, finding: found.finding },
    problems: [],
  };
}

function documentAt(
  path: string,
  index: number,
  yaml: YamlFile,
  documents: ReadonlyMap<string, string>,
): { readonly finding: unknown } | { readonly problem: Problem } {
  const folder = yaml.file.slice(0, yaml.file.lastIndexOf('/') + 1);
  const text = documents.get(folder + path.replace(/^\.\//, ''));
  const at = ['cases', index, 'file'];
  if (text === undefined) {
    const near = [...documents.keys()]
      .filter((name) => name.startsWith(folder))
      .map((name) => name.slice(folder.length));
    const suggestion = suggest(path, near);
    return { problem: yaml.problemAt(at, `no file ${path} in the folder`, { suggestion }) };
  }
  const finding = json.safeParse(text);
  if (finding.success) return { finding: finding.data };
  return { problem: yaml.problemAt(at, `${path} is no JSON`) };
}

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' });
    return z.NEVER;
  }
});
