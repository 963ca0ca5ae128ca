import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  ResourceGroupsTaggingAPIClient,
  TagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient, StartAutomationExecutionCommand } from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { ActionCommand } from './act.ts';
import { awsSystems } from './aws-systems.ts';
import { sampleState } from './testing/sample-state.ts';

const region = 'eu-west-1';
const events = mockClient(EventBridgeClient);
const lambda = mockClient(LambdaClient);
const sqs = mockClient(SQSClient);
const ssm = mockClient(SSMClient);
const tagging = mockClient(ResourceGroupsTaggingAPIClient);
const systems = awsSystems({
  eventBridge: new EventBridgeClient({ region }),
  eventBusName: 'riposte',
  lambda: new LambdaClient({ region }),
  sqs: new SQSClient({ region }),
  ssm: new SSMClient({ region }),
  tagging: new ResourceGroupsTaggingAPIClient({ region }),
  documents: ['Isolate'],
  home: { accountId: '123456789012', region },
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
  for (const mock of [events, lambda, sqs, ssm, tagging]) mock.reset();
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

  it('starts documents of the list only, once for an id', async () => {
    await systems.startAutomation(command, 'Isolate', { InstanceId: ['i-1'] });
    await systems.startAutomation(command, 'Isolate', {});
    const [first, second] = ssm
      .commandCalls(StartAutomationExecutionCommand)
      .map(({ args }) => args[0].input);
    expect(first).toMatchObject({ DocumentName: 'Isolate', Parameters: { InstanceId: ['i-1'] } });
    expect(first?.ClientToken).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(second?.ClientToken).toBe(first?.ClientToken);
    await expect(systems.startAutomation(command, 'AWS-RunShellScript', {})).rejects.toThrow(
      'not on the list',
    );
  });

  it('tags the resources that the finding names by their ARN', async () => {
    tagging.on(TagResourcesCommand).resolvesOnce({});
    await systems.tag(command, { reviewed: 'no' });
    expect(tagging.commandCalls(TagResourcesCommand)[0]?.args[0].input).toEqual({
      ResourceARNList: [arn],
      Tags: { reviewed: 'no' },
    });
    const ocsf = { ...command, document: { resources: [{ uid: 'reports', uid_alt: arn }] } };
    tagging.on(TagResourcesCommand).resolves({
      FailedResourcesMap: { [arn]: { ErrorCode: 'InvalidParameterException' } },
    });
    await expect(systems.tag(ocsf, {})).rejects.toThrow(
      `tag ${arn} refused: InvalidParameterException`,
    );
    await expect(systems.tag({ ...command, document: {} }, {})).rejects.toThrow(
      'names no resource',
    );
  });

  it('leaves other accounts and Regions to remediations', async () => {
    const elsewhere = { ...command, finding: { ...command.finding, accountId: '999999999999' } };
    await expect(systems.tag(elsewhere, {})).rejects.toThrow('use a remediation');
    await expect(systems.startAutomation(elsewhere, 'Isolate', {})).rejects.toThrow(
      'use a remediation',
    );
  });
});
