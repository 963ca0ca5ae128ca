import type { FindingSource } from '../rules/findings/finding-source.ts';
import { openEngine } from '../rules/open-engine.ts';
import type { PreviewReport } from '../rules/preview/preview-report.ts';
import { previewRules } from '../rules/preview/preview-rules.ts';
import { readRuleSet } from '../rules/rule-folder.ts';

/** What one rule would add to what the others do. */
export interface RulePreview {
  /** How many there are. */
  readonly findings: number;
  readonly matched: number;
  readonly changes: readonly {
    readonly field: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly told: readonly {
    readonly channel: string;
    readonly kind: 'message' | 'ticket';
    readonly findings: number;
  }[];
  /** What could not be asked, in words. */
  readonly gaps: readonly string[];
}

const listed = 10;

/** What `riposte rules preview FOLDER --enable RULE` finds out, as far as it is this rule's. */
export async function previewRule(
  rule: string,
  {
    folder,
    source,
    now,
  }: { readonly folder: string; readonly source: FindingSource; readonly now: Date },
): Promise<RulePreview> {
  const { ruleSet } = await readRuleSet(folder, folder);
  const report = await previewRules({
    engine: openEngine(ruleSet, [rule]),
    ...{ source, folder, now, limit: listed },
    stopwatch: () => performance.now(),
  });
  return ofRule(rule, report);
}

function ofRule(rule: string, report: PreviewReport): RulePreview {
  const { matches, changes, told, findings, source } = report;
  return {
    findings: findings.total,
    matched: matches.find((match) => match.rule === rule)?.findings ?? 0,
    changes: changes.first
      .flatMap((changed) => changed.changes)
      .filter((change) => change.rule === rule)
      .map(({ field, before, after }) => ({ field, before, after })),
    told: told
      .filter(({ rules }) => rules.includes(rule))
      .map(({ channel, kind, findings: count }) => ({ channel, kind, findings: count })),
    gaps: source.gaps,
  };
}
