import type { AccountRegion } from '../types.ts';
import type { HubState, HubStates } from './hub-state.ts';
import type { JsonObject, SecurityHubEvent } from './types.ts';

/** What an operation can reach beside its own request. */
export interface HubContext {
  readonly states: HubStates;
  readonly clock: () => Date;
  /** Hands an event over to be published; does not wait. */
  readonly publish: (event: SecurityHubEvent, scope: AccountRegion) => void;
}

/** One request, read. */
export interface HubCall extends HubContext {
  readonly scope: AccountRegion;
  /** What the caller's account has in the call's Region. */
  readonly state: HubState;
  readonly body: JsonObject;
  /** Named parts of the path, e.g. `arn`; decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** Answers one operation: the members of its response. Throws `HubFault`. */
export type Operation = (call: HubCall) => JsonObject;
