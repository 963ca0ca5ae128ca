import {
  GetAutomationExecutionCommand,
  SSMClient,
  SSMServiceException,
  StartAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { ssmAutomations } from './automations.ts';

const ssm = mockClient(SSMClient);
const automations = ssmAutomations(new SSMClient({ region: 'eu-west-1' }));
const start = { document: 'Isolate', parameters: { InstanceId: ['i-1'] }, token: 'rpm-1' };

beforeEach(() => {
  ssm.reset();
  ssm.on(StartAutomationExecutionCommand).resolves({ AutomationExecutionId: 'exec-1' });
});

describe('ssmAutomations', () => {
  it('starts a document once for a token, which is a UUID', async () => {
    expect(await automations.start(start)).toBe('exec-1');
    await automations.start({ ...start, parameters: {} });
    const [first, second] = ssm
      .commandCalls(StartAutomationExecutionCommand)
      .map(({ args }) => args[0].input);
    expect(first).toMatchObject({ DocumentName: 'Isolate', Parameters: { InstanceId: ['i-1'] } });
    expect(first?.ClientToken).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(second?.ClientToken).toBe(first?.ClientToken);
  });

  it.each([
    ['AutomationDefinitionNotFoundException', 'ActionRefusedError'],
    ['AccessDeniedException', 'ActionRefusedError'],
    ['AutomationExecutionLimitExceededException', 'AutomationExecutionLimitExceededException'],
  ])('says of %s whether asking again can help', async (name, thrown) => {
    const error = new SSMServiceException({ name, $fault: 'client', message: '', $metadata: {} });
    ssm.on(StartAutomationExecutionCommand).rejects(error);
    await expect(automations.start(start)).rejects.toMatchObject({ name: thrown });
  });

  it('reads how an execution stands', async () => {
    const startedAt = '2026-11-25T10:00:00.000Z';
    ssm
      .on(GetAutomationExecutionCommand, { AutomationExecutionId: 'exec-1' })
      .resolvesOnce({
        AutomationExecution: {
          AutomationExecutionStatus: 'InProgress',
          ExecutionStartTime: new Date(startedAt),
        },
      })
      .resolves({});
    expect(await automations.execution('exec-1')).toEqual({
      id: 'exec-1',
      status: 'InProgress',
      startedAt,
    });
    expect(await automations.execution('exec-1')).toEqual({ id: 'exec-1', status: 'unknown' });
  });
});
