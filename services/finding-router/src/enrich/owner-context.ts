import { cutText, type Finding, isArn } from '@riposte/findings';
import type { OwnershipEntry, ResourceContext } from '@riposte/rules';
import { fitsResources, type OwnedResource } from './fit-ownership.ts';
import type { LiveTags, OrganizationalUnits } from './ports.ts';
import {
  defaultTagKeys,
  type OwnerField,
  ownerFields,
  type TagKeys,
  tagValue,
} from './tag-keys.ts';

/** Where a field was found. */
export type Origin = 'finding tag' | 'live tag' | 'ownership file';

/** What is known of a finding's resources, where it was found, and in words what could not be read. */
export interface OwnerContext extends ResourceContext {
  readonly origins: Readonly<Partial<Record<OwnerField, Origin>>>;
  readonly problems: readonly string[];
}

/** What `ownerContext` reads from. What is left out is not asked. */
export interface OwnerSources {
  readonly ownership: readonly OwnershipEntry[];
  readonly tagKeys?: TagKeys;
  readonly liveTags?: LiveTags;
  readonly organizationalUnits?: OrganizationalUnits;
}

/** Fields on their way: each is settled by the first source that says something, or that could not be read. */
interface Progress {
  readonly values: Partial<Record<OwnerField, string>>;
  readonly origins: Partial<Record<OwnerField, Origin>>;
  readonly unknown: OwnerField[];
  readonly problems: string[];
}

/** A tag value has at most 256 characters on AWS; findings of others may hold anything. */
const valueLength = 256;

/**
 * Finds out whose a finding's resources are. Field by field, the first of these counts:
 * 1. tags that the finding holds, resource by resource;
 * 2. live tags, asked for only where a field is missing;
 * 3. entries of the ownership file, in their order.
 *
 * A source that cannot be read ends the search for the fields that it might have held: they are `unknown`, not taken from a later source,
 * whose answer could be the wrong one.
 *
 * @example
 * const context = await ownerContext(finding, { ownership: ruleSet.ownership, liveTags });
 */
export async function ownerContext(finding: Finding, sources: OwnerSources): Promise<OwnerContext> {
  const progress: Progress = { values: {}, origins: {}, unknown: [], problems: [] };
  const keys = sources.tagKeys ?? defaultTagKeys;
  const held = finding.resources.map(({ tags }) => tags);
  settleByTags(progress, 'finding tag', held, keys);
  const live =
    openFields(progress).length > 0 ? await readLiveTags(finding, sources, progress) : undefined;
  if (live) settleByTags(progress, 'live tag', live, keys);
  const resources = finding.resources.map(({ id, tags }, index) => ({
    id,
    tags: { ...live?.[index], ...tags },
  }));
  await settleByOwnership(progress, { finding, resources, sources });
  const { values, origins, unknown, problems } = progress;
  return {
    ...values,
    ...(live && { tags: Object.assign({}, ...live.toReversed()) }),
    ...(unknown.length > 0 && { unknown }),
    origins,
    problems,
  };
}

function openFields({ values, unknown }: Progress): readonly OwnerField[] {
  return ownerFields.filter((field) => values[field] === undefined && !unknown.includes(field));
}

function settle(progress: Progress, field: OwnerField, value: string | undefined, origin: Origin) {
  if (!value) return;
  progress.values[field] = cutText(value, valueLength);
  progress.origins[field] = origin;
}

function settleByTags(
  progress: Progress,
  origin: Origin,
  tagSets: readonly Readonly<Record<string, string>>[],
  keys: TagKeys,
): void {
  for (const field of openFields(progress)) {
    const values = tagSets.map((tags) => tagValue(tags, keys[field]));
    settle(
      progress,
      field,
      values.find((value) => value !== undefined),
      origin,
    );
  }
}

/** Live tags of the resources, in their order; undefined where there is nothing to ask, or no answer. */
async function readLiveTags(
  { resources }: Finding,
  { liveTags }: OwnerSources,
  progress: Progress,
): Promise<readonly Readonly<Record<string, string>>[] | undefined> {
  const arns = [...new Set(resources.map(({ id }) => id).filter(isArn))];
  if (!liveTags || arns.length === 0) return undefined;
  try {
    const found = await liveTags.of(arns);
    return resources.map(({ id }) => found.get(id) ?? {});
  } catch (error) {
    giveUp(progress, openFields(progress), `tags could not be read (${nameOf(error)})`);
    return undefined;
  }
}

interface Case {
  readonly finding: Finding;
  readonly resources: readonly OwnedResource[];
  readonly sources: OwnerSources;
}

async function settleByOwnership(progress: Progress, { finding, resources, sources }: Case) {
  const { accountId } = finding;
  for (const entry of sources.ownership) {
    const fields = openFields(progress).filter((field) => entry[field] !== undefined);
    if (fields.length === 0 || !fitsResources(entry, accountId, resources)) continue;
    const fits = await fitsUnits(entry, accountId, sources.organizationalUnits);
    if (fits === true) {
      for (const field of fields) settle(progress, field, entry[field], 'ownership file');
    } else if (fits !== false) {
      giveUp(progress, fields, fits.problem);
    }
  }
}

async function fitsUnits(
  { organizationalUnits: wanted }: OwnershipEntry,
  accountId: string,
  units: OrganizationalUnits | undefined,
): Promise<boolean | { readonly problem: string }> {
  if (!wanted) return true;
  if (!units) return { problem: 'organizational units are not read in this deployment' };
  try {
    const above = await units.of(accountId);
    return wanted.some((unit) => above.includes(unit));
  } catch (error) {
    return { problem: `organizational units could not be read (${nameOf(error)})` };
  }
}

function giveUp(progress: Progress, fields: readonly OwnerField[], problem: string): void {
  progress.unknown.push(...fields);
  if (!progress.problems.includes(problem)) progress.problems.push(problem);
}

/** An error's name says enough; its text may hold whatever a service echoes. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
