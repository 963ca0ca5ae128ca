import type { AccountRegion } from '../types.ts';
import type { FindingIdentifier, JsonObject } from './types.ts';

/** A finding as it stands, and which of its provider's fields a customer or rule has set since. */
export interface StoredFinding {
  readonly asff: JsonObject;
  readonly customerFields: ReadonlySet<string>;
}

/** A finding in OCSF as it stands, and which of its attributes a customer or rule has set since. */
export interface StoredOcsf {
  readonly ocsf: JsonObject;
  readonly customerFields: ReadonlySet<string>;
}

/** A custom action. */
export interface ActionTarget {
  readonly ActionTargetArn: string;
  readonly Name: string;
  readonly Description: string;
}

/** An automation rule, V1 or V2, with its members as the API returns them. */
export type StoredRule = JsonObject & {
  readonly RuleArn: string;
  readonly RuleOrder: number;
  /** ISO 8601 with milliseconds. */
  readonly UpdatedAt: string;
};

/** Which Regions an account's home Region gathers. */
export interface FindingAggregator {
  readonly arn: string;
  readonly homeRegion: string;
  readonly mode: string;
  readonly regions: readonly string[];
}

/** What one account has in one Region. Findings in ASFF by product and id, in OCSF by `metadata.uid`. */
export interface HubState {
  readonly scope: AccountRegion;
  enabledAt: Date | undefined;
  v2EnabledAt: Date | undefined;
  controlFindingGenerator: string;
  autoEnableControls: boolean;
  readonly findings: Map<string, StoredFinding>;
  readonly ocsf: Map<string, StoredOcsf>;
  readonly actionTargets: Map<string, ActionTarget>;
  readonly rules: Map<string, StoredRule>;
  readonly rulesV2: Map<string, StoredRule>;
}

export interface HubStates {
  of(scope: AccountRegion): HubState;
  /** One per account. */
  readonly aggregators: Map<string, FindingAggregator>;
  /** The states whose findings somebody in this account and Region sees: their own, linked Regions', members'. */
  visibleTo(scope: AccountRegion): readonly HubState[];
  /** Every account and Region that sees the findings of this one, itself first. Each gets its events. */
  audienceOf(scope: AccountRegion): readonly AccountRegion[];
}

interface StateOptions {
  readonly enabled: boolean;
  readonly v2: boolean;
  readonly clock: () => Date;
  readonly administratorAccountId?: string | undefined;
}

/** The stand-in's whole memory. A state comes to be when its account and Region are first named. */
export function createHubStates({ administratorAccountId, ...defaults }: StateOptions): HubStates {
  const states = new Map<string, HubState>();
  const aggregators = new Map<string, FindingAggregator>();

  const of = (scope: AccountRegion): HubState => {
    const key = `${scope.accountId}/${scope.region}`;
    const state = states.get(key) ?? emptyState(scope, defaults);
    states.set(key, state);
    return state;
  };
  const sees = (viewer: AccountRegion, owner: AccountRegion): boolean => {
    const account =
      viewer.accountId === owner.accountId || viewer.accountId === administratorAccountId;
    return account && seesRegion(aggregators.get(viewer.accountId), viewer.region, owner.region);
  };
  return {
    of,
    aggregators,
    visibleTo: (scope) => {
      of(scope);
      return [...states.values()].filter((state) => sees(scope, state.scope));
    },
    audienceOf: (owner) => {
      const accounts = new Set([owner.accountId, administratorAccountId ?? owner.accountId]);
      const regions = (accountId: string) =>
        new Set([owner.region, aggregators.get(accountId)?.homeRegion ?? owner.region]);
      return [...accounts]
        .flatMap((accountId) => [...regions(accountId)].map((region) => ({ accountId, region })))
        .filter((viewer) => sees(viewer, owner));
    },
  };
}

function seesRegion(
  aggregator: FindingAggregator | undefined,
  viewer: string,
  owner: string,
): boolean {
  if (viewer === owner) return true;
  if (aggregator?.homeRegion !== viewer) return false;
  const named = aggregator.regions.includes(owner);
  if (aggregator.mode === 'SPECIFIED_REGIONS') return named;
  return aggregator.mode !== 'NO_REGIONS' && !named;
}

function emptyState(scope: AccountRegion, defaults: StateOptions): HubState {
  const now = defaults.clock();
  return {
    scope: { accountId: scope.accountId, region: scope.region },
    enabledAt: defaults.enabled ? now : undefined,
    v2EnabledAt: defaults.v2 ? now : undefined,
    controlFindingGenerator: 'SECURITY_CONTROL',
    autoEnableControls: true,
    findings: new Map(),
    ocsf: new Map(),
    actionTargets: new Map(),
    rules: new Map(),
    rulesV2: new Map(),
  };
}

/** Under which key a finding is stored. */
export function keyOf({ ProductArn, Id }: FindingIdentifier): string {
  return `${ProductArn}\n${Id}`;
}
