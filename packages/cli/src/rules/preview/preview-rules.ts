import { type Finding, findingKey } from '@riposte/findings';
import { standingOf } from '@riposte/notifications';
import type { FindingSource, Reading } from '../findings/finding-source.ts';
import { type Outcome, outcomeOf } from '../outcome/outcome-of.ts';
import type { RuleEngine } from '../rule-engine.ts';
import type { PreviewReport, Timings } from './preview-report.ts';
import { silentRules } from './silent-rules.ts';
import { FirstTimes, ListTally, NameTally, SeverityTally, summaryOf } from './tally.ts';
import { ChangesTally } from './tally-changes.ts';
import { EffectsTally } from './tally-effects.ts';
import { MatchTally } from './tally-matches.ts';

/** What a preview is made with. */
export interface PreviewOptions {
  readonly engine: RuleEngine;
  readonly source: FindingSource;
  /** The folder that the rules come from, for the report. */
  readonly folder: string;
  /** The moment that rules are evaluated for. */
  readonly now: Date;
  /** How many findings each list names at most. */
  readonly limit: number;
  /** Milliseconds that pass, for the timings. */
  readonly stopwatch: () => number;
}

/**
 * Says what rules would have done to findings: which match, what changes, who is told, what runs. Nothing is done. Only what the report
 * names is kept, whatever the number of findings.
 */
export async function previewRules(options: PreviewOptions): Promise<PreviewReport> {
  const { source, stopwatch } = options;
  const preview = new Preview(options);
  const spent = { read: 0, evaluate: 0 };
  let last = stopwatch();
  const lap = () => {
    const before = last;
    last = stopwatch();
    return last - before;
  };
  for await (const batch of source.read()) {
    spent.read += lap();
    for (const reading of batch) preview.add(reading);
    spent.evaluate += lap();
  }
  spent.read += lap();
  const report = preview.report();
  return { ...report, timings: rounded({ ...spent, report: lap() }) };
}

function rounded({ read, evaluate, report }: Timings): Timings {
  return { read: Math.round(read), evaluate: Math.round(evaluate), report: Math.round(report) };
}

class Preview {
  private documents = 0;
  private total = 0;
  private repeated = 0;
  private readonly options: PreviewOptions;
  private readonly severities = new SeverityTally();
  private readonly formats = new NameTally();
  private readonly accounts = new NameTally();
  private readonly unreadable: ListTally<Extract<Reading, { readonly place: string }>>;
  private readonly firstTimes = new FirstTimes();
  private readonly matches: MatchTally;
  private readonly changes: ChangesTally;
  private readonly effects: EffectsTally;
  private readonly unasked = new Set<string>();
  /** By key: a rule may still match the finding in its other format. */
  private readonly unmatched = new Map<string, Finding>();

  constructor(options: PreviewOptions) {
    const { limit, engine } = options;
    this.options = options;
    this.unreadable = new ListTally(limit);
    this.matches = new MatchTally(Math.min(limit, 5));
    this.changes = new ChangesTally(limit);
    this.effects = new EffectsTally(engine.ruleSet.channels, this.firstTimes);
  }

  add(reading: Reading): void {
    if (!('finding' in reading)) {
      this.unreadable.add(() => reading);
      return;
    }
    const { finding } = reading;
    const key = findingKey(finding);
    const isNew = this.firstTimes.isNew(key);
    if (!this.firstTimes.isFirst(key, `${finding.format} ${finding.updatedAt}`)) {
      this.repeated += 1;
      return;
    }
    this.documents += 1;
    this.formats.add(finding.format);
    if (isNew) this.addNew(finding);
    this.evaluate(finding, key, isNew);
  }

  private addNew(finding: Finding): void {
    this.total += 1;
    this.severities.add(finding);
    this.accounts.add(finding.accountId);
  }

  private evaluate(finding: Finding, key: string, isNew: boolean): void {
    const { engine, now } = this.options;
    const outcome = outcomeOf(engine, finding, { now });
    const { matches } = outcome;
    if (matches.length === 0) {
      if (isNew) this.unmatched.set(key, finding);
      return;
    }
    this.unmatched.delete(key);
    for (const match of matches)
      if (this.firstTimes.isFirst(key, `rule ${match.rule.id}`)) this.matches.add(match, finding);
    for (const text of outcome.unasked) this.unasked.add(text);
    this.addEffects(finding, key, outcome);
  }

  private addEffects(before: Finding, key: string, outcome: Outcome): void {
    const { matches, update, after: finding } = outcome;
    if (Object.keys(update).length > 0 && this.firstTimes.isFirst(key, `changed ${before.format}`))
      this.changes.add({ before, ...outcome });
    const isClosed = standingOf(finding).status === 'resolved';
    for (const { rule, branch } of matches)
      for (const action of branch.then)
        this.effects.add({ key, finding, isClosed, rule: rule.id, action });
  }

  report(): Omit<PreviewReport, 'timings'> {
    const { engine, source, folder, now } = this.options;
    const { ruleSet } = engine;
    const byFormat = Object.fromEntries(this.formats.report());
    const formats = new Set(Object.keys(byFormat));
    return {
      schemaVersion: 1,
      at: now.toISOString(),
      rules: {
        folder,
        version: ruleSet.version,
        packs: ruleSet.packs.length,
        rules: ruleSet.packs.flatMap(({ rules }) => rules).length,
      },
      source: {
        from: source.from,
        name: source.name,
        ...(source.since !== undefined && { since: source.since }),
        gaps: source.gaps,
      },
      findings: {
        total: this.total,
        documents: this.documents,
        repeated: this.repeated,
        bySeverity: this.severities.report(),
        byFormat,
        accounts: this.accounts.size,
      },
      unasked: [...this.unasked].sort(),
      unreadable: this.unreadable.report(),
      matches: this.matches.report(ruleSet.packs),
      changes: this.changes.report(),
      told: this.effects.toldReport(),
      actions: this.effects.actionsReport(),
      unmatched: unmatchedReport([...this.unmatched.values()], this.options.limit),
      silent: silentRules(ruleSet.packs, (rule) => this.matches.has(rule), { now, formats }),
    };
  }
}

function unmatchedReport(findings: readonly Finding[], limit: number): PreviewReport['unmatched'] {
  const severities = new SeverityTally();
  const kinds = new NameTally();
  for (const finding of findings) {
    severities.add(finding);
    kinds.add(finding.securityControlId ?? finding.types[0] ?? finding.title);
  }
  return {
    total: findings.length,
    first: findings.slice(0, limit).map(summaryOf),
    bySeverity: severities.report(),
    byKind: kinds
      .report()
      .slice(0, 20)
      .map(([kind, count]) => ({ kind, findings: count })),
  };
}
