import type { Finding } from '@riposte/findings';
import type { Rule, RuleMatch, RulePack } from '@riposte/rules';
import type { FindingSummary, MatchReport } from './preview-report.ts';
import { ListTally, NameTally, SeverityTally, summaryOf } from './tally.ts';

const listedAccounts = 10;

interface RuleTally {
  readonly match: RuleMatch;
  readonly severities: SeverityTally;
  readonly accounts: NameTally;
  readonly branches: Map<number, number>;
  readonly examples: ListTally<FindingSummary>;
}

/** Counts what each rule matches. */
export class MatchTally {
  private readonly tallies = new Map<string, RuleTally>();
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  has({ id }: Rule): boolean {
    return this.tallies.has(id);
  }

  add(match: RuleMatch, finding: Finding): void {
    const tally = this.tallyOf(match);
    tally.severities.add(finding);
    tally.accounts.add(finding.accountId);
    tally.branches.set(match.branchIndex, (tally.branches.get(match.branchIndex) ?? 0) + 1);
    tally.examples.add(() => summaryOf(finding));
  }

  /** @param packs in the order in which they are read: ties of order are by file, then by place. */
  report(packs: readonly RulePack[]): readonly MatchReport[] {
    return packs
      .flatMap(({ name, rules }) => rules.map((rule) => ({ pack: name, rule })))
      .sort((a, b) => a.rule.order - b.rule.order)
      .flatMap(({ pack, rule }) => {
        const tally = this.tallies.get(rule.id);
        return tally ? [matchReport(pack, rule, tally)] : [];
      });
  }

  private tallyOf(match: RuleMatch): RuleTally {
    const known = this.tallies.get(match.rule.id);
    if (known) return known;
    const made: RuleTally = {
      match,
      severities: new SeverityTally(),
      accounts: new NameTally(),
      branches: new Map(),
      examples: new ListTally(this.limit),
    };
    this.tallies.set(match.rule.id, made);
    return made;
  }
}

function matchReport(pack: string, rule: Rule, tally: RuleTally): MatchReport {
  const { total, first } = tally.examples.report();
  const accounts = tally.accounts.report();
  const branches = [...tally.branches].sort(([a], [b]) => a - b);
  return {
    rule: rule.id,
    pack,
    order: rule.order,
    terminal: rule.terminal,
    ...(rule.description !== undefined && { description: rule.description }),
    findings: total,
    bySeverity: tally.severities.report(),
    accounts: {
      total: accounts.length,
      first: accounts
        .slice(0, listedAccounts)
        .map(([accountId, findings]) => ({ accountId, findings })),
    },
    ...(rule.branches.length > 1 && {
      branches: branches.map(([branch, findings]) => ({ branch, findings })),
    }),
    examples: first,
  };
}
