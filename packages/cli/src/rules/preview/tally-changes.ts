import type { Finding } from '@riposte/findings';
import { type FindingUpdate, fieldsNotTaken, mergedUpdate } from '@riposte/rules';
import { asksForEnrichment, type Outcome } from '../outcome/outcome-of.ts';
import { changesOf, type FieldDifference } from './changes-of.ts';
import type { ChangedFinding, ChangesReport } from './preview-report.ts';
import { ListTally, NameTally, summaryOf } from './tally.ts';

/** Texts that differ from finding to finding: counted by field, not by value. */
const freeText = new Set(['note', 'relatedFindings']);

/** What a finding is before and after. */
export interface Changed extends Pick<Outcome, 'after' | 'update' | 'enriched' | 'matches'> {
  readonly before: Finding;
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

  add(changed: Changed): void {
    const { before, after, update } = changed;
    for (const field of fieldsNotTaken(update, before.format))
      this.notPossible.add(JSON.stringify([setterOf(field, changed), before.format, field]));
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
        rule: setterOf(difference.field, changed),
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
}

/** The last rule that sets a field, later ones win; else the last that asks for the enrichment that does. */
function setterOf(field: string, { matches, update, enriched }: Changed): string {
  const [member = '', name] = field.split(/\.(.*)/s);
  const has = (own: FindingUpdate) =>
    Object.hasOwn(own, member) &&
    (name === undefined || Object.hasOwn(own.userDefinedFields ?? {}, name));
  const setter = matches.findLast((match) => has(mergedUpdate([match])));
  const enricher = has(enriched) ? matches.findLast(asksForEnrichment) : undefined;
  const rule = setter ?? enricher;
  return rule?.rule.id ?? (Object.hasOwn(update, member) ? 'several' : '');
}

function counted({
  field,
  before,
  after,
}: FieldDifference): readonly [string, string | null, string | null] {
  const isFree = freeText.has(field) || field.startsWith('userDefinedFields.riposte:');
  return isFree ? [field, null, null] : [field, before, after];
}
