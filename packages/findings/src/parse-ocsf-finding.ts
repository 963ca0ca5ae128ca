import * as z from 'zod';
import { partitionOfRegion } from './arn.ts';
import { MalformedFindingError } from './errors.ts';
import type { Finding, FindingResource } from './finding.ts';
import { at, defined, field, isObject, numberOf, read, textOf, textsOf, within } from './read.ts';
import { severityFromOcsf } from './severity.ts';

const ocsf = z.object({
  // The Findings category; 2001 to 2007 in OCSF 1.x.
  class_uid: z.preprocess(numberOf, z.int().min(2001).max(2999)),
  cloud: z.object({
    account: z.object({ uid: z.string().regex(/^\d{12}$/) }),
    region: z.string().nullish(),
  }),
});

const findingInfo = z.object({ uid: z.string().min(1), title: z.string().nullish() });

/**
 * Reads one finding in OCSF (Open Cybersecurity Schema Framework), any class of the Findings category: security (its `finding`),
 * vulnerability, compliance, detection, incident (the first of its `finding_info_list`), data security, application security posture.
 * It is about an AWS account: `cloud.account.uid` has twelve digits.
 *
 * @throws MalformedFindingError naming the first field that is missing or wrong.
 * @see https://schema.ocsf.io/categories/findings
 * @example
 * const finding = parseOcsfFinding(event.detail.findings[0]);
 */
export function parseOcsfFinding(input: unknown): Finding {
  const known = read(ocsf, input, MalformedFindingError);
  const raw = isObject(input) ? input : {};
  const severity = severityFromOcsf(raw.severity_id, raw.severity);
  if (!severity) throw new MalformedFindingError('severity_id');
  const { info, uid, title } = infoOf(raw, known.class_uid);
  const region = known.cloud.region ?? '';
  const comment = textOf(raw.comment);
  return defined({
    format: 'ocsf' as const,
    id: uid,
    productArn: textOf(at(raw, 'metadata', 'product', 'uid')),
    productName: textOf(at(raw, 'metadata', 'product', 'name')),
    generatorId: textOf(at(info, 'analytic', 'uid')),
    accountId: known.cloud.account.uid,
    region,
    partition: textOf(at(raw, 'cloud', 'cloud_partition')) ?? partitionOfRegion(region),
    title: title ?? '',
    description: textOf(field(info, 'desc')) ?? textOf(raw.desc),
    types: textsOf(field(info, 'types')),
    severity,
    workflowStatus: textOf(raw.status),
    note: comment === undefined ? undefined : { text: comment },
    resources: resourcesOf(raw),
    productFields: {},
    securityControlId: textOf(at(raw, 'compliance', 'control')),
    createdAt: timeOf(info, 'created_time'),
    updatedAt: timeOf(info, 'modified_time'),
    raw,
  });
}

/** What the finding says of itself, where its class keeps it. */
function infoOf(raw: Record<string, unknown>, classUid: number) {
  const path = infoPath(raw, classUid);
  const info = at(raw, ...path);
  const known = within(path.join('.'), () => read(findingInfo, info, MalformedFindingError));
  return { info, ...known };
}

function infoPath(raw: Record<string, unknown>, classUid: number): readonly (string | number)[] {
  if (Object.hasOwn(raw, 'finding_info')) return ['finding_info'];
  if (classUid === 2001) return ['finding'];
  if (classUid !== 2005) return ['finding_info'];
  if (at(raw, 'finding_info_list', 0) === undefined)
    throw new MalformedFindingError('finding_info_list');
  return ['finding_info_list', 0];
}

/** The first moments of 1973: no finding is older, and a smaller number counts seconds, as some products do. */
const firstMillisecond = 1e11;

/** OCSF times are milliseconds since 1970; `_dt` carries the same as text. */
function timeOf(info: unknown, name: string): string | undefined {
  const written = textOf(field(info, `${name}_dt`));
  if (written !== undefined) return written;
  const stated = field(info, name);
  if (typeof stated !== 'number') return textOf(stated);
  const millis = Math.abs(stated) < firstMillisecond ? stated * 1000 : stated;
  return Math.abs(millis) <= 8.64e15 ? new Date(millis).toISOString() : undefined;
}

/** Early classes name one `resource`, later ones a list. */
function resourcesOf(raw: Record<string, unknown>): readonly FindingResource[] {
  const listed = raw.resources ?? [];
  if (!Array.isArray(listed)) throw new MalformedFindingError('resources');
  const found = listed.map((resource, index) => resourceOf(resource, `resources.${index}`));
  const alone = raw.resource == null ? [] : [resourceOf(raw.resource, 'resource')];
  return [...found, ...alone.filter(({ id }) => found.every((other) => other.id !== id))];
}

function resourceOf(resource: unknown, path: string): FindingResource {
  if (!isObject(resource)) throw new MalformedFindingError(path);
  const id = textOf(resource.uid) ?? textOf(resource.name) ?? textOf(resource.uid_alt);
  if (id === undefined) throw new MalformedFindingError(`${path}.uid`);
  return defined({
    id,
    type: textOf(resource.type),
    region: textOf(resource.region),
    partition: textOf(resource.cloud_partition),
    tags: tagsOf(resource.tags),
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
