import { formatArn, partitionOfRegion } from './arn.ts';
import {
  type AsffDraft,
  type AsffDraftResource,
  type AsffFinding,
  type AsffResource,
  asffLabels,
} from './asff-draft.ts';
import { asffLimits as limits } from './asff-limits.ts';
import {
  accountAt,
  asffPartition,
  nameAt,
  regionAt,
  timeAt,
  typesAt,
  urlAt,
} from './asff-members.ts';
import { InvalidFindingError } from './errors.ts';
import { escapeText } from './escape-text.ts';
import { fitMap, fitName, fitText } from './fit-text.ts';
import { defined } from './read.ts';

/** Shares of their limits that maps are given, until the whole fits. */
const shares = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64];

/**
 * A finding that BatchImportFindings accepts, under the account's own product (`product/ACCOUNT/default`). Texts, which may be
 * anybody's, are escaped, and cut visibly where they are too long; long names end in a digest; the whole is at most 240 KB.
 *
 * @throws InvalidFindingError with the path of what no cutting makes valid: no or too many resources; a type, account, Region, URL or
 * time that is none.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html
 * @example
 * buildAsffFinding({
 *   id: `${region}/${accountId}/changed/${hash}`,
 *   generatorId: 'riposte/fim-detector/system-binaries',
 *   ...{ accountId, region, createdAt, updatedAt, severity: 'high' },
 *   title: `${path} was changed`,
 *   description: `${path} on ${instanceId} differs from its baseline.`,
 *   types: ['Unusual Behaviors/VM'],
 *   resources: [{ type: 'AwsEc2Instance', id: instanceArn, details: { path } }],
 * });
 */
export function buildAsffFinding(draft: AsffDraft): AsffFinding {
  for (const share of shares) {
    const finding = build(draft, share);
    if (Buffer.byteLength(JSON.stringify(finding)) <= limits.findingBytes) return finding;
  }
  throw new InvalidFindingError('(root)', `exceeds ${limits.findingBytes} bytes`);
}

function build(draft: AsffDraft, share: number): AsffFinding {
  const severity = { Label: asffLabels[draft.severity] };
  const types = typesAt('Types', draft.types);
  return defined({
    SchemaVersion: '2018-10-08' as const,
    Id: nameAt('Id', draft.id, limits.id),
    ProductArn: productArn(draft),
    ProductName: given(draft.productName, (text) => fitText(text, limits.productName)),
    CompanyName: given(draft.companyName, (text) => fitText(text, limits.companyName)),
    GeneratorId: nameAt('GeneratorId', draft.generatorId, limits.generatorId),
    AwsAccountId: accountAt('AwsAccountId', draft.accountId),
    Region: regionAt('Region', draft.region),
    Types: types,
    FirstObservedAt: given(draft.firstObservedAt, (time) => timeAt('FirstObservedAt', time)),
    LastObservedAt: given(draft.lastObservedAt, (time) => timeAt('LastObservedAt', time)),
    CreatedAt: timeAt('CreatedAt', draft.createdAt),
    UpdatedAt: timeAt('UpdatedAt', draft.updatedAt),
    Severity: severity,
    Title: fitText(escapeText(draft.title, limits.title), limits.title),
    Description: fitText(draft.description, limits.description),
    Remediation: given(draft.remediation, remediationOf),
    SourceUrl: given(draft.sourceUrl, (url) => urlAt('SourceUrl', url)),
    ProductFields: given(draft.productFields, productFieldsOf(share)),
    UserDefinedFields: given(draft.userDefinedFields, (map) =>
      fitMap(map, mapLimits(limits.userDefinedFieldValue, share)),
    ),
    Resources: resourcesOf(draft, share),
    Note: given(draft.note, noteOf),
    RecordState: draft.recordState,
    FindingProviderFields: { Severity: severity, Types: types },
  });
}

function given<T, R>(value: T | undefined, make: (value: T) => R): R | undefined {
  return value === undefined ? undefined : make(value);
}

function mapLimits(value: number, share: number) {
  const atLeast = (least: number, limit: number) => Math.max(least, Math.floor(limit * share));
  return { entries: atLeast(1, limits.mapEntries), key: limits.mapKey, value: atLeast(16, value) };
}

function productArn(draft: AsffDraft): string {
  const { accountId, region } = draft;
  const partition = draft.partition ?? partitionOfRegion(region);
  if (!/^aws(-[a-z]+)*$/.test(partition))
    throw new InvalidFindingError('ProductArn', 'is of no partition');
  const resource = `product/${accountId}/default`;
  return formatArn({ partition, service: 'securityhub', region, accountId, resource });
}

/** Names that begin with `aws/` are for AWS's own products. */
function productFieldsOf(share: number) {
  return (map: Readonly<Record<string, string>>) => {
    if (Object.keys(map).some((key) => key.startsWith('aws/')))
      throw new InvalidFindingError('ProductFields', 'has a name that begins with aws/');
    return fitMap(map, mapLimits(limits.productFieldValue, share));
  };
}

function resourcesOf(draft: AsffDraft, share: number): AsffResource[] {
  const { resources } = draft;
  if (resources.length === 0 || resources.length > limits.resources)
    throw new InvalidFindingError('Resources', `has ${resources.length} entries`);
  return resources.map((resource, index) =>
    resourceOf(resource, `Resources.${index}`, draft, share),
  );
}

function resourceOf(
  { id, type, region, partition, tags, details }: AsffDraftResource,
  path: string,
  draft: AsffDraft,
  share: number,
): AsffResource {
  const place = partition ?? draft.partition ?? partitionOfRegion(region ?? draft.region);
  return defined({
    Type: nameAt(`${path}.Type`, type, limits.resourceType),
    Id: fitName(id, limits.id),
    Partition: asffPartition(place),
    Region: regionAt(`${path}.Region`, region ?? draft.region),
    Tags: given(tags, (map) => fitMap(map, mapLimits(limits.resourceTagValue, share))),
    Details: given(details, (map) => ({
      Other: fitMap(map, mapLimits(limits.resourceDetailValue, share)),
    })),
  });
}

function remediationOf({ text, url }: NonNullable<AsffDraft['remediation']>) {
  const Url = given(url, (link) => urlAt('Remediation.Recommendation.Url', link));
  return { Recommendation: defined({ Text: fitText(text, limits.remediationText), Url }) };
}

function noteOf({ text, updatedBy, updatedAt }: NonNullable<AsffDraft['note']>) {
  return {
    Text: fitText(text, limits.noteText),
    UpdatedBy: fitText(updatedBy, limits.noteUpdatedBy),
    UpdatedAt: timeAt('Note.UpdatedAt', updatedAt),
  };
}
