import { randomUUID } from 'node:crypto';
import { HubFault, invalidInput } from './hub-fault.ts';
import { hubArn } from './hub-operations.ts';
import type { FindingAggregator } from './hub-state.ts';
import { listOf } from './json.ts';
import type { HubCall, Operation } from './ports.ts';
import type { JsonObject } from './types.ts';

/** Whether a mode names Regions. */
const modes: Readonly<Record<string, boolean>> = {
  ALL_REGIONS: false,
  ALL_REGIONS_EXCEPT_SPECIFIED: true,
  SPECIFIED_REGIONS: true,
  NO_REGIONS: false,
};

/** CreateFindingAggregator: the caller's Region becomes home; one an account. */
export const createFindingAggregator: Operation = (call) => {
  const { aggregators } = call.states;
  const { accountId, region } = call.scope;
  if (aggregators.has(accountId))
    throw new HubFault('LimitExceededException', 'A finding aggregator already exists');
  const arn = hubArn(call.scope, `finding-aggregator/${randomUUID()}`);
  const aggregator = { arn, homeRegion: region, ...linkingOf(call.body) };
  aggregators.set(accountId, aggregator);
  return described(aggregator);
};

/** GetFindingAggregator, by ARN. */
export const getFindingAggregator: Operation = (call) =>
  described(aggregatorOf(call, call.path.arn));

/** ListFindingAggregators: none or one. */
export const listFindingAggregators: Operation = ({ states, scope }) => {
  const aggregator = states.aggregators.get(scope.accountId);
  return {
    FindingAggregators: aggregator ? [{ FindingAggregatorArn: aggregator.arn }] : [],
  };
};

/** UpdateFindingAggregator: other Regions, same home. */
export const updateFindingAggregator: Operation = (call) => {
  const aggregator = {
    ...aggregatorOf(call, call.body.FindingAggregatorArn),
    ...linkingOf(call.body),
  };
  call.states.aggregators.set(call.scope.accountId, aggregator);
  return described(aggregator);
};

/** DeleteFindingAggregator. */
export const deleteFindingAggregator: Operation = (call) => {
  aggregatorOf(call, call.path.arn);
  call.states.aggregators.delete(call.scope.accountId);
  return {};
};

function aggregatorOf({ states, scope }: HubCall, arn: unknown): FindingAggregator {
  const aggregator = states.aggregators.get(scope.accountId);
  if (aggregator?.arn === arn && aggregator !== undefined) return aggregator;
  throw new HubFault('ResourceNotFoundException', `Finding aggregator ${arn} not found`);
}

function linkingOf(body: JsonObject): Pick<FindingAggregator, 'mode' | 'regions'> {
  const mode = String(body.RegionLinkingMode);
  const regions = listOf(body.Regions).map(String);
  const named = modes[mode];
  if (named === undefined)
    throw invalidInput('RegionLinkingMode', 'data should be equal to one of the allowed values.');
  if (named !== regions.length > 0)
    throw invalidInput(
      'Regions',
      `Regions are ${named ? 'required' : 'not allowed'} with ${mode}.`,
    );
  return { mode, regions };
}

function described({ arn, homeRegion, mode, regions }: FindingAggregator): JsonObject {
  return {
    FindingAggregatorArn: arn,
    FindingAggregationRegion: homeRegion,
    RegionLinkingMode: mode,
    ...(regions.length > 0 && { Regions: regions }),
  };
}
