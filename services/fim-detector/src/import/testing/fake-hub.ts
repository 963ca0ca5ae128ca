import type { AsffFinding } from '@riposte/findings';
import type { Measure } from '@riposte/lambda';
import type { Hub, HubChange, Refusal, StandingFinding } from '../hub.ts';
import type { RefusedFindings } from '../import-findings.ts';

/** What it is told to refuse, and why. */
type Refuse = (finding: AsffFinding) => Pick<Refusal, 'code' | 'reason'> | undefined;

/** A Security Hub that takes what it is not told to refuse, and what lies in the dead-letter queue. */
export function fakeHub(
  refuse: Refuse = () => undefined,
  standing: readonly StandingFinding[] = [],
) {
  const calls: { place: string; findings: readonly AsffFinding[] }[] = [];
  const taken: AsffFinding[] = [];
  const updates: { ids: readonly string[]; change: HubChange }[] = [];
  const aside: { findings: readonly AsffFinding[]; code: string; reason: string }[] = [];
  const measures: Measure[] = [];
  const unprocessed = new Map<string, string>();
  const failures: Error[] = [];
  const hub: Hub = {
    async import({ account, region }, findings) {
      calls.push({ place: `${account} ${region}`, findings });
      const failure = failures.shift();
      if (failure) throw failure;
      return findings.flatMap((finding) => {
        const refusal = refuse(finding);
        if (!refusal) taken.push(finding);
        return refusal ? [{ id: finding.Id, ...refusal }] : [];
      });
    },
    read: async (_place, ids) => standing.filter(({ id }) => ids.includes(id)),
    async update(_place, ids, change) {
      updates.push({ ids, change });
      return ids.flatMap((id) => {
        const code = unprocessed.get(id);
        return code === undefined ? [] : [{ id, code, reason: 'said so' }];
      });
    },
  };
  const refused: RefusedFindings = {
    async keep(findings, { code, reason }) {
      aside.push({ findings, code, reason });
    },
  };
  const measure = (measured: Measure) => {
    measures.push(measured);
  };
  return { hub, refused, measure, calls, taken, updates, aside, measures, unprocessed, failures };
}

/** An error as AWS's clients throw it. */
export function awsError(name: string): Error {
  return Object.assign(new Error(`${name} was said`), { name });
}
