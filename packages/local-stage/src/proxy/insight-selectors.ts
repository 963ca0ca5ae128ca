import type { ErrorResponse } from './error-response.ts';
import {
  listOf,
  type Members,
  membersOf,
  okResponse,
  refusal,
  relayed,
  type TrailCall,
  textMember,
  trailOf,
} from './trail-calls.ts';

const insightTypes = new Set(['ApiCallRateInsight', 'ApiErrorRateInsight']);

/** CloudTrail's insight selectors, which the emulator lacks: put, get, and what GetTrail and DescribeTrails say of them. */
export function insightSelectors(): {
  answer(trailCall: TrailCall): Promise<ErrorResponse | undefined>;
  amend(operation: string, members: Members): Members;
} {
  const selectors = new Map<string, readonly unknown[]>();
  return {
    async answer({ call, members, ask }) {
      if (!call.operation.endsWith('InsightSelectors')) return undefined;
      const found = await ask('GetTrail', { Name: trailOf(members) });
      if (found.status !== 200) return relayed(found);
      const trail = membersOf(found.members.Trail);
      const arn = textMember(trail, 'TrailARN');
      if (call.operation === 'GetInsightSelectors') return stored(arn, selectors.get(arn));
      const home = textMember(trail, 'HomeRegion');
      if (home !== call.region)
        return refusal('InvalidHomeRegionException', `The trail's home Region is ${home}.`);
      const wanted = listOf(members.InsightSelectors);
      if (!wanted.every(isSelector))
        return refusal('InvalidInsightSelectorsException', 'The insight type is not valid.');
      selectors.set(arn, wanted);
      return okResponse({ TrailARN: arn, InsightSelectors: wanted });
    },
    amend(operation, members) {
      // A trail that is made again has none.
      if (operation === 'CreateTrail') selectors.delete(textMember(members, 'TrailARN'));
      const mark = (trail: Members) => ({
        ...trail,
        HasInsightSelectors: (selectors.get(textMember(trail, 'TrailARN')) ?? []).length > 0,
      });
      if (operation === 'GetTrail' && members.Trail)
        return { ...members, Trail: mark(membersOf(members.Trail)) };
      if (operation === 'DescribeTrails')
        return { ...members, trailList: listOf(members.trailList).map(membersOf).map(mark) };
      return members;
    },
  };
}

function stored(arn: string, selectors: readonly unknown[] = []): ErrorResponse {
  return selectors.length > 0
    ? okResponse({ TrailARN: arn, InsightSelectors: selectors })
    : refusal('InsightNotEnabledException', `Trail ${arn} does not have Insights enabled.`);
}

function isSelector(value: unknown): boolean {
  return insightTypes.has(textMember(membersOf(value), 'InsightType'));
}
