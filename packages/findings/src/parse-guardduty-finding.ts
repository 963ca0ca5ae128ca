import * as z from 'zod';
import { formatArn, partitionOfRegion } from './arn.ts';
import { MalformedFindingError } from './errors.ts';
import type { Finding, FindingResource } from './finding.ts';
import { defined, field, isObject, read, textOf } from './read.ts';
import { severityFromGuardDuty } from './severity.ts';

const guardDuty = z.object({
  id: z.string().min(1),
  accountId: z.string().regex(/^\d{12}$/),
  region: z.string().min(1),
  type: z.string().min(1),
  severity: z.number(),
});

const identifiers = ['instanceId', 'accessKeyId', 'clusterName', 'arn', 'name', 'functionArn'];

/**
 * Reads one finding in GuardDuty's own format: as EventBridge carries it (`accountId`), as GetFindings returns it
 * (`AccountId`), which differ in the case of the first letter only.
 *
 * @throws MalformedFindingError naming the first field that is missing or wrong.
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
 * @example
 * const finding = parseGuardDutyFinding(event.detail);
 */
export function parseGuardDutyFinding(input: unknown): Finding {
  const raw = isObject(input) ? input : {};
  const upper = !Object.hasOwn(raw, 'id') && Object.hasOwn(raw, 'Id');
  const named = (key: string) => raw[upper ? key.charAt(0).toUpperCase() + key.slice(1) : key];
  const candidate = Object.fromEntries(
    Object.keys(guardDuty.shape).map((key) => [key, named(key)]),
  );
  const known = read(guardDuty, isObject(input) ? candidate : input, MalformedFindingError);
  const partition = textOf(named('partition')) ?? partitionOfRegion(known.region);
  return defined({
    format: 'guardduty' as const,
    id: textOf(named('arn')) ?? known.id,
    productArn: formatArn({
      partition,
      service: 'securityhub',
      region: known.region,
      accountId: '',
      resource: 'product/aws/guardduty',
    }),
    productName: 'GuardDuty',
    generatorId: textOf(named('arn'))?.split('/finding/')[0],
    accountId: known.accountId,
    region: known.region,
    partition,
    title: textOf(named('title')) ?? known.type,
    description: textOf(named('description')),
    types: [known.type],
    severity: severityFromGuardDuty(known.severity),
    resources: resourceOf(named('resource')),
    productFields: {},
    createdAt: textOf(named('createdAt')),
    updatedAt: textOf(named('updatedAt')),
    raw,
  });
}

/** GuardDuty describes one resource, by a detail object whose name differs by kind. */
function resourceOf(resource: unknown): readonly FindingResource[] {
  const type = textOf(field(resource, 'resourceType')) ?? textOf(field(resource, 'ResourceType'));
  if (!isObject(resource) || type === undefined) return [];
  const details = Object.values(resource).flatMap((detail) =>
    Array.isArray(detail) ? detail : [detail],
  );
  const ids = details.flatMap((detail) => identifierOf(detail) ?? []);
  return [...new Set(ids)].map((id) => ({ id, type, tags: {} }));
}

function identifierOf(detail: unknown): string | undefined {
  for (const key of identifiers) {
    const found =
      textOf(field(detail, key)) ??
      textOf(field(detail, key.charAt(0).toUpperCase() + key.slice(1)));
    if (found !== undefined) return found;
  }
  return undefined;
}
