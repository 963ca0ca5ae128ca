import type { Severity } from '@riposte/findings';
import { severityFromAsff } from '@riposte/findings';
import { issueProblems, type Problem, twiceNamed, type YamlFile } from '@riposte/rules/folder';
import type { Entry } from '../../model/entry.ts';
import type { RuleQuestion } from '../../model/rule-verdict.ts';
import { type CaseEntry, testsFile } from './schema/tests-file.ts';

/** What a case expects of each question: nothing, or a verdict. */
export interface ExpectedVerdict {
  readonly rule: string;
  readonly severity: Severity;
  readonly window?: string;
  readonly unknown: boolean;
}

/** One case beside the rules. */
export interface InventoryRuleTest {
  readonly file: string;
  readonly name: string;
  /** Line of the case in its file. */
  readonly line: number;
  readonly questions: readonly RuleQuestion[];
  /** ISO 8601. */
  readonly now: string;
  /** Absent: nothing. */
  readonly expect?: ExpectedVerdict;
}

/** Reads one `*.tests.yaml`. */
export function readRuleTests(yaml: YamlFile): {
  readonly tests: readonly InventoryRuleTest[];
  readonly problems: readonly Problem[];
} {
  const result = testsFile.safeParse(yaml.value);
  if (!result.success) return { tests: [], problems: issueProblems(yaml, result.error.issues) };
  const said = (name: string) => `another case of this file is called ${name}`;
  return {
    tests: result.data.cases.map((entry, index) => ({
      file: yaml.file,
      line: yaml.problemAt(['cases', index], '').line,
      ...toTest(entry),
    })),
    problems: twiceNamed(yaml, 'cases', result.data.cases, said),
  };
}

const start = '2026-01-01T12:00:00Z';
const end = '2026-01-01T12:30:00Z';

function toTest(entry: CaseEntry): Omit<InventoryRuleTest, 'file' | 'line'> {
  const { name, items, to = end, now = to, expect } = entry;
  return {
    name,
    now,
    questions: [items].flat().map((item) => toQuestion(entry, item)),
    ...(expect !== 'nothing' && { expect: toVerdict(expect) }),
  };
}

function toVerdict({
  rule,
  severity,
  window,
  unknown = false,
}: Exclude<CaseEntry['expect'], 'nothing'>): ExpectedVerdict {
  return {
    rule,
    severity: severityFromAsff(severity, undefined) ?? 'informational',
    ...(window !== undefined && { window }),
    unknown,
  };
}

function toQuestion(entry: CaseEntry, item: string): RuleQuestion {
  const { type = 'AWS:File', change = 'modified', before = {}, after = {}, tags } = entry;
  const asEntry = (attributes: Entry['attributes']) => ({ identity: item, name: item, attributes });
  return {
    key: {
      prefix: '',
      type,
      account: entry.account ?? '123456789012',
      region: entry.region ?? 'eu-west-1',
      node: entry.node ?? 'i-0123456789abcdef0',
    },
    ...(tags && { tags }),
    name: item,
    kind: change,
    before: change === 'created' ? [] : [asEntry(before)],
    after: change === 'deleted' ? [] : [asEntry(after)],
    attributes: change === 'modified' ? (entry.attributes ?? differing(before, after)) : [],
    from: entry.from ?? start,
    to: entry.to ?? end,
  };
}

function differing(before: Entry['attributes'], after: Entry['attributes']): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((name) => before[name] !== after[name]);
}
