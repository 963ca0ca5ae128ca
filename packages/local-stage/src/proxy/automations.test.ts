import { describe, expect, it } from '@jest/globals';
import { automations } from './automations.ts';
import type { Members } from './trail-calls.ts';
import type { CallIdentity } from './types.ts';

const call: CallIdentity = {
  service: 'ssm',
  operation: 'StartAutomationExecution',
  protocol: 'json',
  appId: 'riposte-act',
  userAgent: '',
  accountId: '123456789012',
  region: 'us-east-1',
  accessKeyId: '123456789012',
};
const isolate = { DocumentName: 'Isolate', Parameters: { InstanceId: ['i-1'] }, ClientToken: 't' };

function stage() {
  const { answer } = automations();
  return (members: Members, changes: Partial<CallIdentity> = {}) => {
    const { status, body } = answer({ ...call, ...changes }, members) ?? { status: 0, body: '{}' };
    return { status, ...JSON.parse(body.toString()) };
  };
}

describe('automations of the stage', () => {
  it('start a document once for a token, and say how it stands', () => {
    const ask = stage();
    const { AutomationExecutionId } = ask(isolate);
    expect(ask(isolate)).toEqual({ status: 200, AutomationExecutionId });
    expect(ask({ AutomationExecutionId }, { operation: 'GetAutomationExecution' })).toMatchObject({
      status: 200,
      AutomationExecution: { DocumentName: 'Isolate', AutomationExecutionStatus: 'InProgress' },
    });
  });

  it('start another one for another token, or for none', () => {
    const ask = stage();
    const asked = [isolate, { ...isolate, ClientToken: 'u' }, { DocumentName: 'Isolate' }];
    const ids = [...asked, { DocumentName: 'Isolate' }].map(
      (one) => ask(one).AutomationExecutionId,
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('refuse a token for other parameters, and what has no name', () => {
    const ask = stage();
    ask(isolate);
    expect(ask({ ...isolate, Parameters: {} }).__type).toBe('IdempotentParameterMismatch');
    expect(ask({}).__type).toBe('ValidationException');
  });

  it('do not know those of another account, and answer nothing else', () => {
    const ask = stage();
    const { AutomationExecutionId } = ask(isolate);
    const other = { operation: 'GetAutomationExecution', accountId: '999999999999' };
    expect(ask({ AutomationExecutionId }, other).__type).toBe(
      'AutomationExecutionNotFoundException',
    );
    expect(ask({}, { operation: 'GetParameters' }).status).toBe(0);
    expect(ask({}, { service: 'sqs' }).status).toBe(0);
  });
});
