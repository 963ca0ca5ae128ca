import { type Finding, isArn } from '@riposte/findings';
import {
  type AskedOthers,
  type OwnerContext,
  type Owners,
  type OwnersOf,
  ownerFields,
} from '@riposte/rules';
import type { LiveTags, OrganizationalUnits } from './ports.ts';

/** What `ownerContext` reads from. What is left out is not asked. */
export interface OwnerSources {
  /** By the finding and the ownership file: `compileOwnership`. */
  readonly ownersOf: OwnersOf;
  readonly liveTags?: LiveTags;
  readonly organizationalUnits?: OrganizationalUnits;
}

/**
 * Finds out whose a finding's resources are, in the order of `compileOwnership`. Others are asked only for what is missing without them: live
 * tags for fields that the finding's own tags leave open, organizational units where an entry of the ownership file depends on them.
 *
 * @example
 * const context = await ownerContext(finding, { ownersOf: compileOwnership(ruleSet), liveTags });
 */
export async function ownerContext(finding: Finding, sources: OwnerSources): Promise<OwnerContext> {
  const { ownersOf, organizationalUnits } = sources;
  const problems: string[] = [];
  let owners = ownersOf(finding);
  const asked = isTagged(owners) ? {} : await askLiveTags(finding, sources, problems);
  if (asked.liveTags) owners = ownersOf(finding, asked);
  if (owners.context.unknown && asked.liveTags !== 'unreadable') {
    const units = await unitsAbove(finding, organizationalUnits, problems);
    if (units) owners = ownersOf(finding, { ...asked, units });
  }
  return { ...owners.context, origins: owners.origins, problems };
}

/** Whether the finding's own tags say everything. */
function isTagged({ origins }: Owners): boolean {
  return ownerFields.every((field) => origins[field] === 'finding tag');
}

async function askLiveTags(
  { resources }: Finding,
  { liveTags }: OwnerSources,
  problems: string[],
): Promise<Pick<AskedOthers, 'liveTags'>> {
  const arns = [...new Set(resources.map(({ id }) => id).filter(isArn))];
  if (!liveTags || arns.length === 0) return {};
  try {
    return { liveTags: await liveTags.of(arns) };
  } catch (error) {
    problems.push(`tags could not be read (${nameOf(error)})`);
    return { liveTags: 'unreadable' };
  }
}

/** Undefined where they are not known. */
async function unitsAbove(
  { accountId }: Finding,
  units: OrganizationalUnits | undefined,
  problems: string[],
): Promise<readonly string[] | undefined> {
  try {
    if (units) return await units.of(accountId);
    problems.push('organizational units are not read in this deployment');
  } catch (error) {
    problems.push(`organizational units could not be read (${nameOf(error)})`);
  }
  return undefined;
}

/** An error's name says enough; its text may hold whatever a service echoes. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
