import { isArn, MalformedArnError, parseArn, partitionOfRegion, trailArn } from '@riposte/findings';
import type { TrailId } from './ports.ts';

/**
 * The trail that an event or finding names, by ARN or by bare name. A bare name belongs to the account and Region that said it;
 * an ARN speaks for itself, so that an organization's trail keeps its management account, and a shadow trail its home Region.
 *
 * @throws MalformedArnError where the text is the ARN of something else.
 * @example
 * trailOf('main', { accountId: '123456789012', region: 'eu-west-1' }).arn; // 'arn:aws:cloudtrail:eu-west-1:…:trail/main'
 */
export function trailOf(
  named: string,
  saidIn: { readonly accountId: string; readonly region: string },
): TrailId {
  if (isArn(named)) {
    const { partition, service, region, accountId, resource } = parseArn(named);
    if (service !== 'cloudtrail' || !resource.startsWith('trail/')) {
      throw new MalformedArnError('ARN is not one of a trail');
    }
    return { arn: named, name: resource.replace(/^trail\//, ''), accountId, region, partition };
  }
  const partition = partitionOfRegion(saidIn.region);
  const { accountId, region } = saidIn;
  return {
    arn: trailArn({ partition, region, accountId, name: named }),
    name: named,
    accountId,
    region,
    partition,
  };
}
