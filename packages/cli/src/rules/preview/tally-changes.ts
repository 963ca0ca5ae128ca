import type { Finding } from '@riposte/findings';
import { type FindingUpdate, fieldsNotTaken, mergedUpdate, type RuleMatch } from '@riposte/rules';
import { changesOf, type FieldDifference } from './changes-of.ts';
import type { ChangedFinding, ChangesReport } from './preview-report.ts';
import { ListTally, NameTally, summaryOf } from './tally.ts';

/** Texts that differ from finding to finding: counted by field, not by value. */
const freeText = new Set(['note', 'relatedFindings']);

/** What a finding is before and after. */
export interface Changed {
  readonly before: Finding;
  readonly after: Finding;
  readonly update: FindingUpdate;
  readonly matches: readonly RuleMatch[];
}

/** Counts what rules change. */
export class ChangesTally {
  private readonly list: ListTally<ChangedFinding>;
  private readonly byChange = new NameTally();
  private readonly notPossible = new NameTally();
  private unchanged = 0;

  constructor(limit: number) {
    this.list = new ListTally(limit);
  }

  add({ before, after, update, matches }: Changed): void {
    for (const field of fieldsNotTaken(update, before.format))
      this.notPossible.add(
        JSON.stringify([this.setterOf(field, matches, update), before.format, field]),
      );
    const differences = changesOf(update, before, after);
    if (differences.length === 0) {
      this.unchanged += 1;
      return;
    }
    for (const difference of differences) this.byChange.add(JSON.stringify(counted(difference)));
    this.list.add(() => ({
      finding: summaryOf(before),
      changes: differences.map((difference) => ({
        ...difference,
        rule: this.setterOf(difference.field, matches, update),
      })),
    }));
  }

  report(): ChangesReport {
    return {
      ...this.list.report(),
      unchanged: this.unchanged,
      byChange: this.byChange.report().map(([key, findings]) => {
        const [field, before, after] = JSON.parse(key);
        return { field, before, after, findings };
      }),
      notPossible: this.notPossible.report().map(([key, findings]) => {
        const [rule, format, field] = JSON.parse(key);
        return { rule, format, field, findings };
      }),
    };
  }

  /** The last rule that sets a field; later rules win. */
  private setterOf(field: string, matches: readonly RuleMatch[], update: FindingUpdate): string {
    const [member = '', name] = field.split(/\.(.*)/s);
    const sets = (match: RuleMatch) => {
      const own = mergedUpdate([match]);
      if (!Object.hasOwn(own, member)) return false;
      return name === undefined || Object.hasOwn(own.userDefinedFields ?? {}, name);
    };
    const setter = matches.findLast(sets);
    return setter?.rule.id ?? (Object.hasOwn(update, member) ? 'several' : '');
  }
}

function counted({
  field,
  before,
  after,
}: FieldDifference): readonly [string, string | null, string | null] {
  return freeText.has(field) ? [field, null, null] : [field, before, after];
}
