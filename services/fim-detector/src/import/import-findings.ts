import { type AsffFinding, escapeText, importBatches } from '@riposte/findings';
import { inLanes, logger, type Measure } from '@riposte/lambda';
import { HubUnavailableError } from '../errors.ts';
import { handInAs, type Owner, placeOfFinding } from './hand-in-as.ts';
import type { Hub, HubPlace, Refusal } from './hub.ts';
import { reduceFinding } from './reduce-finding.ts';
import { refusalKind } from './refusal-kind.ts';

/** Where findings lie that Security Hub does not take. */
export interface RefusedFindings {
  keep(findings: readonly AsffFinding[], refusal: Omit<Refusal, 'id'>): Promise<void>;
}

/** What handing findings in needs from the outside. */
export interface ImportPorts {
  readonly hub: Hub;
  readonly refused: RefusedFindings;
  readonly owner: Owner;
  readonly measure: (measure: Measure) => void;
}

/** So many accounts and Regions at once. */
const lanes = 4;

/**
 * Hands findings in, each into its own account and Region, a hundred a call. What is refused singly is tried once more alone, then reduced,
 * then put aside with the reason. Where a whole account refuses, all of its findings are put aside.
 *
 * @throws HubUnavailableError when all others are dealt with.
 */
export function importFindings(ports: ImportPorts) {
  return async (findings: readonly AsffFinding[]): Promise<void> => {
    const places = Map.groupBy(findings, (finding) => {
      const { account, region } = placeOfFinding(handInAs(finding, ports.owner));
      return `${account} ${region}`;
    });
    const failures: unknown[] = [];
    await inLanes([...places.values()], lanes, async (some) => {
      try {
        await importInto(some, ports);
      } catch (failure) {
        failures.push(failure);
      }
    });
    if (failures.length > 0) throw failures[0];
  };
}

/** Findings of one account and Region, in their order. */
async function importInto(findings: readonly AsffFinding[], ports: ImportPorts): Promise<void> {
  const handed = new Map(findings.map((finding) => [handInAs(finding, ports.owner), finding]));
  const failures: unknown[] = [];
  for (const batch of importBatches([...handed.keys()])) {
    const refusals = await askFor(batch, ports);
    const closed = refusals.find(({ code }) => refusalKind(code) === 'account');
    if (closed) return putAside([...handed.values()], closed, ports);
    const ids = new Set(refusals.map(({ id }) => id));
    for (const finding of batch) {
      if (ids.has(finding.Id))
        await importAlone(finding, handed.get(finding) ?? finding, ports).catch((failure) =>
          failures.push(failure),
        );
      else handed.delete(finding);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** One finding that was refused among others: again alone, then with less in it. */
async function importAlone(
  finding: AsffFinding,
  original: AsffFinding,
  ports: ImportPorts,
): Promise<void> {
  let [refusal] = await askFor([finding], ports);
  if (refusal && refusalKind(refusal.code) === 'input') {
    const reduced = reduceFinding(finding, `${refusal.code}: ${refusal.reason}`);
    [refusal] = await askFor([reduced], ports);
    if (!refusal) logger.warn('a finding was taken with less in it', { findingId: finding.Id });
  }
  if (!refusal) return;
  if (refusalKind(refusal.code) === 'passing')
    throw new HubUnavailableError(nameOf(placeOfFinding(finding)), refusal.code);
  await putAside([original], refusal, ports);
}

/** What is refused of some findings of one account and Region: where the whole call is, all of them. */
async function askFor(
  findings: readonly AsffFinding[],
  { hub }: ImportPorts,
): Promise<readonly Refusal[]> {
  const [first] = findings;
  if (!first) return [];
  try {
    return await hub.import(placeOfFinding(first), findings);
  } catch (error) {
    const { name: code, message } = error instanceof Error ? error : new Error(String(error));
    if (refusalKind(code) === 'passing') throw error;
    return findings.map(({ Id: id }) => ({ id, code, reason: message }));
  }
}

async function putAside(
  findings: readonly AsffFinding[],
  { code, reason }: Refusal,
  { refused, measure }: ImportPorts,
): Promise<void> {
  const [first] = findings;
  if (!first) return;
  await refused.keep(findings, { code, reason });
  const isClosed = refusalKind(code) === 'account';
  logger.error(isClosed ? 'an account takes no findings' : 'a finding was refused', {
    place: nameOf(placeOfFinding(first)),
    code,
    reason: escapeText(reason, 300),
    count: findings.length,
  });
  measure({ name: 'FindingsNotImported', value: findings.length, unit: 'Count' });
  if (isClosed) measure({ name: 'AccountsWithoutSecurityHub', value: 1, unit: 'Count' });
}

function nameOf({ account, region }: HubPlace): string {
  return `${account} ${region}`;
}
