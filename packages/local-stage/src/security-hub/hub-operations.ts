import { formatArn, partitionOfRegion } from '@riposte/findings';
import type { AccountRegion } from '../types.ts';
import { HubFault } from './hub-fault.ts';
import { textOf } from './json.ts';
import type { Operation } from './ports.ts';

/** An ARN of Security Hub in the account, Region and partition of a caller. */
export function hubArn(scope: AccountRegion, resource: string): string {
  const partition = partitionOfRegion(scope.region);
  return formatArn({ ...scope, partition, service: 'securityhub', resource });
}

function notSubscribed(accountId: string): HubFault {
  return new HubFault(
    'InvalidAccessException',
    `Account ${accountId} is not subscribed to AWS Security Hub`,
  );
}

/** Refuses what needs Security Hub CSPM where it is off. */
export function withHub(operation: Operation): Operation {
  return (call) => {
    if (call.state.enabledAt) return operation(call);
    throw notSubscribed(call.scope.accountId);
  };
}

/** Refuses what needs Security Hub (V2) where it is off. */
export function withHubV2(operation: Operation): Operation {
  return (call) => {
    if (call.state.v2EnabledAt) return operation(call);
    throw new HubFault('ConflictException', 'Security Hub V2 is not enabled');
  };
}

export const enableSecurityHub: Operation = ({ state, body, clock }) => {
  if (state.enabledAt)
    throw new HubFault(
      'ResourceConflictException',
      'Account is already subscribed to Security Hub',
    );
  state.enabledAt = clock();
  state.controlFindingGenerator = textOf(body.ControlFindingGenerator) ?? 'SECURITY_CONTROL';
  return {};
};

export const describeHub: Operation = ({ state, scope, query }) => {
  const HubArn = hubArn(scope, 'hub/default');
  if (!state.enabledAt) throw notSubscribed(scope.accountId);
  const asked = query.get('HubArn');
  if (asked && asked !== HubArn)
    throw new HubFault('ResourceNotFoundException', `Hub ${asked} not found`);
  return {
    HubArn,
    SubscribedAt: state.enabledAt.toISOString(),
    AutoEnableControls: state.autoEnableControls,
    ControlFindingGenerator: state.controlFindingGenerator,
  };
};

export const updateSecurityHubConfiguration: Operation = ({ state, body }) => {
  if (typeof body.AutoEnableControls === 'boolean')
    state.autoEnableControls = body.AutoEnableControls;
  state.controlFindingGenerator =
    textOf(body.ControlFindingGenerator) ?? state.controlFindingGenerator;
  return {};
};

/** Switched off, the hub forgets findings, actions and rules, as AWS does after 90 days. */
export const disableSecurityHub: Operation = ({ state, scope }) => {
  if (!state.enabledAt) throw notSubscribed(scope.accountId);
  state.enabledAt = undefined;
  for (const map of [state.findings, state.actionTargets, state.rules]) map.clear();
  return {};
};

export const enableSecurityHubV2: Operation = ({ state, scope, clock }) => {
  state.v2EnabledAt ??= clock();
  return { HubV2Arn: hubArn(scope, 'hubv2/default') };
};

export const describeSecurityHubV2: Operation = ({ state, scope }) => {
  if (!state.v2EnabledAt)
    throw new HubFault('ResourceNotFoundException', 'Security Hub V2 is not enabled');
  return {
    HubV2Arn: hubArn(scope, 'hubv2/default'),
    SubscribedAt: state.v2EnabledAt.toISOString(),
  };
};

export const disableSecurityHubV2: Operation = ({ state }) => {
  state.v2EnabledAt = undefined;
  for (const map of [state.ocsf, state.rulesV2]) map.clear();
  return {};
};

/** No standard is on: the stand-in runs no checks. */
export const getEnabledStandards: Operation = () => ({ StandardsSubscriptions: [] });
