import { partitionOfRegion } from '@riposte/findings';
import { inLanes } from '@riposte/lambda';
import type { Baseline } from '@riposte/remediations/cloudtrail';
import type { GuardPorts } from './ports.ts';

const lanes = 16;

/** One account in one Region. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/** Which accounts and Regions a deployment sweeps. */
export interface SweptScope extends GuardPorts {
  readonly home: Place;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/**
 * Accounts and Regions to sweep: the own account and those configured, in every Region that is the home of one of their trails, that is configured,
 * or that an approved baseline names.
 *
 * @param failed is told of accounts whose Regions could not be listed; what is known of them otherwise is swept all the same.
 */
export async function sweptPlaces(
  { home, accounts, regions, ...ports }: SweptScope,
  baselines: readonly Baseline[],
  failed: (account: string) => (error: unknown) => void,
): Promise<readonly Place[]> {
  const places = new Map<string, Place>();
  const add = (accountId: string, region: string) =>
    places.set(`${accountId} ${region}`, {
      accountId,
      region,
      partition: partitionOfRegion(region),
    });
  await inLanes([...new Set([home.accountId, ...accounts])], lanes, async (accountId) => {
    for (const region of [home.region, ...regions]) add(accountId, region);
    try {
      const place = { accountId, region: home.region };
      for (const region of await ports.trails().homeRegions(place)) add(accountId, region);
    } catch (error) {
      failed(`home Regions of ${accountId}`)(error);
    }
  });
  for (const { trail } of baselines) add(trail.accountId, trail.region);
  return [...places.values()];
}
