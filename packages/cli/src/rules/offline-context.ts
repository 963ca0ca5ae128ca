import { cutText, type Finding, type FindingResource } from '@riposte/findings';
import {
  compileGlob,
  type OneOrMore,
  type OwnershipEntry,
  type ResourceContext,
} from '@riposte/rules';

const fields = [
  'owner',
  'team',
  'businessCriticality',
  'dataClassification',
  'environment',
] as const;
type OwnerField = (typeof fields)[number];

/** The tag keys that the service reads where nobody tells it others; spelled in any way. */
const tagKeys: Readonly<Record<OwnerField, readonly string[]>> = {
  owner: ['Owner', 'ResourceOwner', 'ServiceOwner'],
  team: ['Team', 'OwnerTeam', 'OwningTeam'],
  businessCriticality: ['BusinessCriticality', 'Criticality'],
  dataClassification: ['DataClassification', 'DataClass', 'Classification'],
  environment: ['Environment', 'Env'],
};

/**
 * What is known of a finding's resources without asking anybody: tags that the finding holds, then the ownership file, field by field.
 * What only an organizational unit decides is unknown.
 *
 * @example
 * const contextOf = offlineContext(ruleSet.ownership);
 */
export function offlineContext(
  ownership: readonly OwnershipEntry[],
): (finding: Finding) => ResourceContext {
  const entries = ownership.map((entry) => ({ entry, fits: entryTest(entry) }));
  return (finding) => {
    const known: Known = { values: tagged(finding), unknown: [] };
    for (const { entry, fits } of entries) {
      const open = fields.filter((field) => isOpen(known, field) && entry[field]);
      if (open.length > 0 && fits(finding)) for (const field of open) settle(known, field, entry);
    }
    return { ...known.values, ...(known.unknown.length > 0 && { unknown: known.unknown }) };
  };
}

function tagged({ resources }: Finding): Known['values'] {
  const values: Known['values'] = {};
  for (const { tags } of resources) {
    const byName = spellings(tags);
    if (byName.size === 0) continue;
    for (const field of fields) {
      const value = values[field] ?? tagOf(tags, byName, field);
      if (value !== undefined) values[field] = cutText(value, 256);
    }
  }
  return values;
}

/** The keys of tags by what they are called, however they are spelled. */
function spellings(tags: FindingResource['tags']): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const key of Object.keys(tags).sort()) {
    const name = plain(key);
    found.set(name, [...(found.get(name) ?? []), key]);
  }
  return found;
}

interface Known {
  readonly values: Partial<Record<OwnerField, string>>;
  readonly unknown: OwnerField[];
}

function isOpen({ values, unknown }: Known, field: OwnerField): boolean {
  return values[field] === undefined && !unknown.includes(field);
}

function settle({ values, unknown }: Known, field: OwnerField, entry: OwnershipEntry): void {
  const value = entry[field];
  if (entry.organizationalUnits || value === undefined) unknown.push(field);
  else values[field] = value;
}

function tagOf(
  tags: FindingResource['tags'],
  byName: ReadonlyMap<string, readonly string[]>,
  field: OwnerField,
): string | undefined {
  for (const key of tagKeys[field]) {
    const same = byName.get(plain(key)) ?? [];
    const ordered = [...same.filter((other) => other === key), ...same];
    const value = ordered.map((name) => tags[name]?.trim()).find((text) => text);
    if (value) return value;
  }
  return undefined;
}

function plain(key: string): string {
  return key.toLowerCase().replace(/[-_.:/ ]/g, '');
}

function entryTest({ accounts, resources, tags }: OwnershipEntry): (finding: Finding) => boolean {
  const globs = resources?.map(compileGlob);
  const wanted = Object.entries(tags ?? {});
  const fitsResource = ({ id, tags: own }: FindingResource) =>
    (!globs || globs.some((fits) => fits(id))) &&
    wanted.every(([key, value]) => Object.hasOwn(own, key) && isOneOf(value, own[key]));
  return (finding) => {
    if (accounts && !accounts.includes(finding.accountId)) return false;
    return (!resources && !tags) || finding.resources.some(fitsResource);
  };
}

function isOneOf(wanted: OneOrMore, value: string | undefined): boolean {
  return [wanted].flat().some((one) => one === '*' || one === value);
}
