import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { ActionCommand } from './action-command.ts';
import { awsSystems } from './aws-systems.ts';
import { sampleState } from './testing/sample-state.ts';

const region = 'eu-west-1';
const events = mockClient(EventBridgeClient);
const lambda = mockClient(LambdaClient);
const sqs = mockClient(SQSClient);
const systems = awsSystems({
  eventBridge: new EventBridgeClient({ region }),
  eventBusName: 'riposte',
  lambda: new LambdaClient({ region }),
  sqs: new SQSClient({ region }),
});
const arn = 'arn:aws:s3:::reports';
const command: ActionCommand = {
  id: 'rpm-1',
  rule: 'pack/rule',
  action: { remediate: { action: 'S3.4' } },
  finding: sampleState().facts,
  partition: 'aws',
  document: { Resources: [{ Id: arn }, { Id: 'not an arn' }, { Id: arn }] },
  at: '2026-11-25T10:00:00.000Z',
};

beforeEach(() => {
  for (const mock of [events, lambda, sqs]) mock.reset();
  events.on(PutEventsCommand).resolves({ Entries: [{ EventId: '1' }] });
});

describe('awsSystems', () => {
  it('asks for a remediation on the own bus, without the whole finding', async () => {
    await systems.requestRemediation(command, 'S3.4');
    const [entry] = events.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
    expect(entry).toMatchObject({
      EventBusName: 'riposte',
      Source: 'riposte.router',
      DetailType: 'Remediation Requested',
    });
    expect(JSON.parse(entry?.Detail ?? '')).toEqual({
      schemaVersion: 1,
      id: 'rpm-1',
      rule: 'pack/rule',
      action: 'S3.4',
      finding: command.finding,
      at: command.at,
    });
  });

  it('says when a bus did not take an event', async () => {
    events
      .on(PutEventsCommand)
      .resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'Throttled' }] });
    await expect(systems.publish(command, 'theirs', 'Finding Routed')).rejects.toThrow('theirs');
  });

  it('hands the finding to functions and queues', async () => {
    await systems.invoke(command, 'enrich');
    await systems.enqueue(command, 'https://sqs/q.fifo');
    await systems.enqueue(command, 'https://sqs/q');
    const invoked = lambda.commandCalls(InvokeCommand)[0]?.args[0].input;
    expect(invoked).toMatchObject({ FunctionName: 'enrich', InvocationType: 'Event' });
    const [ordered, plain] = sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input);
    expect(JSON.parse(ordered?.MessageBody ?? '')).toMatchObject({ document: command.document });
    expect(ordered?.MessageDeduplicationId).toBe('rpm-1');
    expect(plain).not.toHaveProperty('MessageGroupId');
  });

  it('leaves a document out that none of them takes, and says what it was', async () => {
    const large = { ...command, document: { text: '停'.repeat(340_000) } };
    await systems.invoke(large, 'enrich');
    const payload = String(lambda.commandCalls(InvokeCommand)[0]?.args[0].input.Payload);
    expect(JSON.parse(payload)).toEqual({
      schemaVersion: 1,
      id: 'rpm-1',
      rule: 'pack/rule',
      finding: command.finding,
      at: command.at,
      documentLeftOut: { bytes: 1_020_011, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });
});
