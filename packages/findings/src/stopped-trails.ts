import type { Finding } from './finding.ts';
import { at, field, isObject, textOf } from './read.ts';

const trailType = 'AWS::CloudTrail::Trail';
const productField = `action/awsApiCallAction/affectedResources/${trailType}`;
const findingType = /Stealth:IAMUser[-/]CloudTrailLoggingDisabled/;

/**
 * True for GuardDuty's finding that a trail was stopped or deleted, in GuardDuty's spelling
 * (`Stealth:IAMUser/CloudTrailLoggingDisabled`) and in ASFF's (`TTPs/Defense Evasion/Stealth:IAMUser-CloudTrailLoggingDisabled`).
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html
 */
export function isCloudTrailLoggingDisabled(finding: Finding): boolean {
  return finding.types.some((type) => findingType.test(type));
}

/**
 * Every trail that a CloudTrailLoggingDisabled finding names, as it names it: an ARN or a bare name, without repeats.
 * ASFF carries one or several in `ProductFields`, GuardDuty in `affectedResources`, OCSF in unmapped fields or resources.
 */
export function stoppedTrailsOf(finding: Finding): readonly string[] {
  const named = [
    ...Object.entries(finding.productFields).flatMap(([key, value]) =>
      key === productField ||
      key.startsWith(`${productField}/`) ||
      key.startsWith(`${productField}.`)
        ? namesIn(value)
        : [],
    ),
    ...affected(at(finding.raw, 'service', 'action', 'awsApiCallAction', 'affectedResources')),
    ...affected(at(finding.raw, 'Service', 'Action', 'AwsApiCallAction', 'AffectedResources')),
    ...affected(field(at(finding.raw, 'Action', 'AwsApiCallAction'), 'AffectedResources')),
    ...unmapped(finding.raw.unmapped),
    ...finding.resources.flatMap(({ id, type }) => (isTrail(id, type) ? [id] : [])),
  ];
  return [...new Set(named)];
}

function isTrail(id: string, type: string | undefined): boolean {
  return (
    /^arn:[^:]+:cloudtrail:[^:]*:\d{12}:trail\//.test(id) ||
    type === trailType ||
    type === 'AwsCloudTrailTrail'
  );
}

function affected(resources: unknown): readonly string[] {
  const value = field(resources, trailType);
  if (Array.isArray(value))
    return value.flatMap((item) => (textOf(item) ? namesIn(String(item)) : []));
  const text = textOf(value);
  return text === undefined ? [] : namesIn(text);
}

/** OCSF keeps what it has no field for under `unmapped`, by dotted or slashed keys. */
function unmapped(value: unknown): readonly string[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, held]) => {
    if (typeof held === 'string') return key.includes(trailType) ? namesIn(held) : [];
    return affected(held);
  });
}

/** One name, a comma-separated list, or a JSON list. */
function namesIn(text: string): readonly string[] {
  const bare = text.trim().replace(/^\[|\]$/g, '');
  return bare
    .split(',')
    .map((name) => name.trim().replace(/^"|"$/g, ''))
    .filter((name) => name !== '');
}
