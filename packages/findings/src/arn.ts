import { MalformedArnError } from './errors.ts';

/** An Amazon Resource Name, taken apart. `region` and `accountId` are empty where the service leaves them out. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

const shape = /^arn:(aws(?:-[a-z0-9]+)*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws)?:(.+)$/s;

/**
 * Takes an ARN apart, whatever its partition.
 *
 * @throws MalformedArnError when the text is not an ARN.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 * @example
 * parseArn('arn:aws-cn:cloudtrail:cn-north-1:123456789012:trail/main').partition; // 'aws-cn'
 */
export function parseArn(text: string): Arn {
  const match = text.length <= 2048 ? shape.exec(text) : null;
  if (!match) throw new MalformedArnError('text is not an ARN');
  const [, partition = '', service = '', region = '', accountId = '', resource = ''] = match;
  return { partition, service, region, accountId, resource };
}

/** True when the text is an ARN. */
export function isArn(text: string): boolean {
  return text.length <= 2048 && shape.test(text);
}

/** Puts an ARN together. */
export function formatArn({ partition, service, region, accountId, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

const partitions: readonly (readonly [prefix: string, partition: string, console: string])[] = [
  ['cn-', 'aws-cn', 'console.amazonaws.cn'],
  ['us-gov-', 'aws-us-gov', 'console.amazonaws-us-gov.com'],
  ['us-isob-', 'aws-iso-b', 'console.sc2shome.sgov.gov'],
  ['us-isof-', 'aws-iso-f', 'console.csphome.hci.ic.gov'],
  ['eu-isoe-', 'aws-iso-e', 'console.csphome.adc-e.uk'],
  ['us-iso-', 'aws-iso', 'console.c2shome.ic.gov'],
  ['eusc-', 'aws-eusc', 'console.amazonaws-eusc.eu'],
];

/** The partition that a Region belongs to; `aws` where nothing says otherwise. */
export function partitionOfRegion(region: string): string {
  return partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** The host of a partition's management console. */
export function consoleDomain(partition: string): string {
  return partitions.find(([, name]) => name === partition)?.[2] ?? 'console.aws.amazon.com';
}

/** The ARN of a trail in its home Region. */
export function trailArn(trail: {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}): string {
  const { partition, region, accountId, name } = trail;
  return formatArn({
    partition,
    service: 'cloudtrail',
    region,
    accountId,
    resource: `trail/${name}`,
  });
}
