import type { AsffPartition } from './asff-draft.ts';
import { asffLimits } from './asff-limits.ts';
import { InvalidFindingError } from './errors.ts';
import { fitName } from './fit-text.ts';

/** Members of a finding that have a form of their own: each is valid, or throws an InvalidFindingError with its path. */

/** Our own name for something: never blank; a long one ends in its digest. */
export function nameAt(path: string, name: string, max: number): string {
  if (!/\S/.test(name)) throw new InvalidFindingError(path, 'is blank');
  return fitName(name, max);
}

/** Twelve digits. */
export function accountAt(path: string, accountId: string): string {
  if (!/^\d{12}$/.test(accountId)) throw new InvalidFindingError(path, 'is not an account id');
  return accountId;
}

/** A Region's name. */
export function regionAt(path: string, region: string): string {
  if (!/^[a-z][a-z0-9-]{2,15}$/.test(region))
    throw new InvalidFindingError(path, 'is not a Region');
  return region;
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/;

/** RFC 3339 in UTC, as every timestamp of a finding. */
export function timeAt(path: string, time: Date | string): string {
  const date = typeof time === 'string' && !rfc3339.test(time) ? undefined : new Date(time);
  // Years of other than four digits are written with a sign, which the format does not know.
  if (date === undefined || Number.isNaN(date.getTime()) || !rfc3339.test(date.toISOString()))
    throw new InvalidFindingError(path, 'is not a time of RFC 3339');
  return date.toISOString();
}

/** A link that a browser follows. */
export function urlAt(path: string, url: string): string {
  const isLink = url.length <= asffLimits.sourceUrl && /^https?:\/\/\S+$/.test(url);
  if (!isLink) throw new InvalidFindingError(path, 'is not an http or https URL that fits');
  return url;
}

const namespaces = [
  'Software and Configuration Checks',
  'TTPs',
  'Effects',
  'Unusual Behaviors',
  'Sensitive Data Identifications',
];

/**
 * Types of a finding: `namespace/category/classifier`, the last two may be left out.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html#Types
 */
export function typesAt(path: string, types: readonly string[]): string[] {
  if (types.length > asffLimits.types)
    throw new InvalidFindingError(path, `has more than ${asffLimits.types} entries`);
  return types.map((type, index) => {
    const [namespace = '', ...parts] = type.split('/');
    if (
      !namespaces.includes(namespace) ||
      parts.length > 2 ||
      parts.some((part) => !/\S/.test(part))
    )
      throw new InvalidFindingError(`${path}.${index}`, 'is not namespace/category/classifier');
    return type;
  });
}

const words: Readonly<Record<string, AsffPartition>> = {
  aws: 'aws',
  'aws-cn': 'aws-cn',
  'aws-us-gov': 'aws-us-gov',
  'aws-iso': 'aws-us-iso',
  'aws-iso-b': 'aws-us-iso-b',
};

/** What ASFF calls a partition; undefined for one that it has no word for. */
export function asffPartition(partition: string): AsffPartition | undefined {
  return Object.hasOwn(words, partition) ? words[partition] : undefined;
}
