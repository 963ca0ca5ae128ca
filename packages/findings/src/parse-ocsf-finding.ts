import * as z from 'zod';
import { partitionOfRegion } from './arn.ts';
import { MalformedFindingError } from './errors.ts';
import type { Finding, FindingResource } from './finding.ts';
import { at, defined, field, isObject, read, textOf } from './read.ts';
import { severityFromOcsf } from './severity.ts';

const ocsf = z.object({
  class_uid: z.number(),
  finding_info: z.object({ uid: z.string().min(1), title: z.string().nullish() }),
  cloud: z.object({
    account: z.object({ uid: z.string().regex(/^\d{12}$/) }),
    region: z.string().nullish(),
  }),
  severity_id: z.number().optional(),
});

/**
 * Reads one finding in OCSF (Open Cybersecurity Schema Framework), any class of the Findings category.
 *
 * @throws MalformedFindingError naming the first field that is missing or wrong.
 * @see https://schema.ocsf.io/categories/findings
 * @example
 * const finding = parseOcsfFinding(event.detail.findings[0]);
 */
export function parseOcsfFinding(input: unknown): Finding {
  const known = read(ocsf, input, MalformedFindingError);
  const raw = isObject(input) ? input : {};
  const severity = severityFromOcsf(known.severity_id, raw.severity);
  if (!severity) throw new MalformedFindingError('severity_id');
  const region = known.cloud.region ?? '';
  return defined({
    format: 'ocsf' as const,
    id: known.finding_info.uid,
    productArn: textOf(at(raw, 'metadata', 'product', 'uid')),
    productName: textOf(at(raw, 'metadata', 'product', 'name')),
    generatorId: textOf(at(raw, 'finding_info', 'analytic', 'uid')),
    accountId: known.cloud.account.uid,
    region,
    partition: textOf(at(raw, 'cloud', 'cloud_partition')) ?? partitionOfRegion(region),
    title: known.finding_info.title ?? '',
    description: textOf(at(raw, 'finding_info', 'desc')),
    types: typesOf(at(raw, 'finding_info', 'types')),
    severity,
    workflowStatus: textOf(raw.status),
    note: textOf(raw.comment) === undefined ? undefined : { text: String(raw.comment) },
    resources: resourcesOf(raw),
    productFields: {},
    securityControlId: textOf(at(raw, 'compliance', 'control')),
    createdAt: timeOf(raw, 'created_time'),
    updatedAt: timeOf(raw, 'modified_time'),
    raw,
  });
}

function typesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((type) => typeof type === 'string') : [];
}

/** OCSF times are milliseconds since 1970; `_dt` carries the same as text. */
function timeOf(raw: Record<string, unknown>, name: string): string | undefined {
  const written = textOf(at(raw, 'finding_info', `${name}_dt`));
  if (written !== undefined) return written;
  const millis = at(raw, 'finding_info', name);
  const inRange = typeof millis === 'number' && Math.abs(millis) <= 8.64e15;
  return inRange ? new Date(millis).toISOString() : undefined;
}

/** Classes before OCSF 1.2 name one `resource`; later ones a list. */
function resourcesOf(raw: Record<string, unknown>): readonly FindingResource[] {
  const stated = Array.isArray(raw.resources) ? raw.resources : [raw.resource];
  return stated.filter(isObject).map((resource, index) => {
    const id = textOf(resource.uid) ?? textOf(resource.name);
    if (id === undefined) throw new MalformedFindingError(`resources.${index}.uid`);
    return defined({
      id,
      type: textOf(resource.type),
      region: textOf(resource.region),
      partition: textOf(resource.cloud_partition),
      tags: tagsOf(resource.tags),
    });
  });
}

function tagsOf(tags: unknown): Readonly<Record<string, string>> {
  if (!Array.isArray(tags)) return {};
  return Object.fromEntries(
    tags.flatMap((tag) => {
      const name = textOf(field(tag, 'name'));
      const value = field(tag, 'value');
      return name !== undefined && typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
