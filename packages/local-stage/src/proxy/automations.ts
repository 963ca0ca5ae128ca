import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type ErrorResponse, errorResponse } from './error-response.ts';
import { type Members, okResponse, textMember } from './trail-calls.ts';
import type { CallIdentity } from './types.ts';

interface Execution {
  readonly owner: string;
  readonly asked: Members;
  /** Seconds since 1970. */
  readonly startedAt: number;
}

/**
 * Systems Manager's automations, which the emulator lacks: a document of any name is started, once for a client token, and is in progress from then on.
 * Nothing is done in it.
 */
export function automations(): {
  answer(call: CallIdentity, members: Members): ErrorResponse | undefined;
} {
  const executions = new Map<string, Execution>();
  return {
    answer(call, members) {
      if (call.service !== 'ssm') return undefined;
      const owner = `${call.accountId}|${call.region}`;
      if (call.operation === 'StartAutomationExecution') return start(executions, owner, members);
      if (call.operation === 'GetAutomationExecution') return read(executions, owner, members);
      return undefined;
    },
  };
}

function start(executions: Map<string, Execution>, owner: string, asked: Members): ErrorResponse {
  if (textMember(asked, 'DocumentName') === '') {
    return refusal('ValidationException', 'DocumentName is missing.');
  }
  const token = textMember(asked, 'ClientToken');
  const known = [...executions].find(
    ([, one]) =>
      token !== '' && one.owner === owner && textMember(one.asked, 'ClientToken') === token,
  );
  if (known && !isDeepStrictEqual(known[1].asked, asked)) {
    return refusal('IdempotentParameterMismatch', 'The token was used with other parameters.');
  }
  const id = known?.[0] ?? randomUUID();
  if (!known) executions.set(id, { owner, asked, startedAt: Date.now() / 1000 });
  return okResponse({ AutomationExecutionId: id });
}

function read(
  executions: ReadonlyMap<string, Execution>,
  owner: string,
  members: Members,
): ErrorResponse {
  const AutomationExecutionId = textMember(members, 'AutomationExecutionId');
  const held = executions.get(AutomationExecutionId);
  if (held?.owner !== owner) {
    return refusal('AutomationExecutionNotFoundException', 'There is no such execution.');
  }
  const { DocumentName, Parameters } = held.asked;
  return okResponse({
    AutomationExecution: {
      AutomationExecutionId,
      DocumentName,
      Parameters,
      AutomationExecutionStatus: 'InProgress',
      ExecutionStartTime: held.startedAt,
    },
  });
}

function refusal(code: string, message: string): ErrorResponse {
  return errorResponse({ protocol: 'json', service: 'ssm' }, { code, message });
}
