import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Caller, PlayedService, ServiceEvent } from '@riposte/local-stage';
import { deployer, intruder } from './callers.ts';
import { eventually } from './eventually.ts';
import { account, type GuardWorld } from './guard-world.ts';
import { lookSettings } from './look-settings.ts';

const guard = 'riposte-cloudtrail-guard-local';
type Input = Readonly<Record<string, unknown>>;

/** Changes to Riposte and to its senses. */
export function ownHouseCases(world: () => GuardWorld): void {
  /** Messages that the alerts topic and the last resort got about an event. */
  const heardOf = async ({ detail }: ServiceEvent) => {
    const { AlertsTopicArn, LastResortTopicArn } = world().names;
    const [alerts, lastResort] = await Promise.all(
      [AlertsTopicArn, LastResortTopicArn].map((arn) => world().stage.messages(arn)),
    );
    const about = ({ message }: { readonly message: string }) =>
      message.includes(Object(detail).eventID);
    return { alerts: (alerts ?? []).filter(about), lastResort: (lastResort ?? []).filter(about) };
  };
  const deliver = async (event: ServiceEvent) => {
    await world().runs.after(async () => ({
      delivery: await world().stage.deliver(event, { always: true }),
    }));
    return event;
  };
  /** Makes a call for real, and delivers its event. */
  const play = async (
    service: PlayedService,
    operation: string,
    input: Input,
    caller = intruder,
  ) => {
    const call = { service, operation, input, caller, deliver: false } as const;
    const { event, errorCode } = await world().stage.play.apiCall(call);
    expect(errorCode).toBeUndefined();
    return deliver(event);
  };
  /** The event of a call that would destroy the stage, or to a service that it does not play. */
  const happen = async (
    service: string,
    eventName: string,
    requestParameters: Input = {},
    caller: Caller = intruder,
  ) => {
    const look = { service: 'events', operation: 'ListRules', input: {} } as const;
    const { event } = await world().stage.play.apiCall({ ...look, caller, deliver: false });
    const eventSource = `${service}.amazonaws.com`;
    const call = { eventSource, eventName, requestParameters, readOnly: false };
    return deliver({ ...event, source: `aws.${service}`, detail: { ...event.detail, ...call } });
  };
  const expectTold = async (event: ServiceEvent) => {
    const { alerts, lastResort } = await heardOf(event);
    expect([alerts.length, lastResort.length]).toEqual([1, 1]);
    expect(alerts[0]?.message).toBe(lastResort[0]?.message);
    expect(alerts[0]?.subject).toContain('TOLD: Riposte or its senses were changed');
    expect(alerts[0]?.message).toContain(`API call: ${Object(event.detail).eventName}`);
    expect(alerts[0]?.message).toContain('Session: mallory');
    expect(alerts[0]?.attributes).toMatchObject({ kind: 'self-tamper', status: 'told' });
  };
  const roleOf = async (name: string) => {
    const client = new LambdaClient(lookSettings(world().stage));
    const FunctionName = `${guard}-${name}`;
    const { Role = '' } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    client.destroy();
    return Role.split('/').at(-1) ?? '';
  };

  describe('a change to Riposte itself is told over both topics:', () => {
    it.each<readonly [string, PlayedService, string, Input]>([
      [
        'PutFunctionConcurrency20171031',
        'lambda',
        'PutFunctionConcurrency',
        { FunctionName: `${guard}-restart-trail`, ReservedConcurrentExecutions: 7 },
      ],
      [
        'UpdateFunctionConfiguration20150331v2',
        'lambda',
        'UpdateFunctionConfiguration',
        { FunctionName: `${guard}-check-delivery`, Timeout: 59 },
      ],
      ['DisableRule', 'events', 'DisableRule', { Name: `${guard}-restart-trail-rule-1` }],
      [
        'PutParameter',
        'ssm',
        'PutParameter',
        { Name: '/riposte/local/kill-switch', Value: 'off', Overwrite: true },
      ],
    ])('%s', async (eventName, service, operation, input) => {
      const event = await play(service, operation, input);
      expect(event.detail).toMatchObject({ eventName });
      await expectTold(event);
    });

    afterAll(async () => {
      const quietly = { deliver: false } as const;
      const Name = `${guard}-restart-trail-rule-1`;
      const FunctionName = `${guard}-restart-trail`;
      const { play: again } = world().stage;
      await again.apiCall({
        ...quietly,
        service: 'events',
        operation: 'EnableRule',
        input: { Name },
      });
      await again.apiCall({
        ...{ ...quietly, service: 'lambda', operation: 'DeleteFunctionConcurrency' },
        input: { FunctionName },
      });
    });

    it('PutRolePolicy and DeleteRolePolicy on a role of a function', async () => {
      const named = { RoleName: await roleOf('watch-storage'), PolicyName: 'more' };
      const all = { Effect: 'Allow', Action: '*', Resource: '*' };
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [all] });
      await expectTold(await play('iam', 'PutRolePolicy', { ...named, PolicyDocument }));
      await expectTold(await play('iam', 'DeleteRolePolicy', named));
    });

    it('Unsubscribe from the alerts topic', async () => {
      const TopicArn = world().names.AlertsTopicArn;
      const { output } = await world().stage.play.apiCall({
        ...{ service: 'sns', operation: 'Subscribe', deliver: false },
        input: { TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:us-east-1:${account}:other` },
      });
      const { SubscriptionArn } = Object(output);
      await expectTold(await play('sns', 'Unsubscribe', { SubscriptionArn }));
    });

    it('DisableKey of the key that encrypts the records', async () => {
      await expectTold(await play('kms', 'DisableKey', { KeyId: world().names.KeyArn }));
      await world().stage.play.apiCall({
        ...{ service: 'kms', operation: 'EnableKey', deliver: false },
        input: { KeyId: world().names.KeyArn },
      });
    });

    it.each<readonly [string, string, (names: GuardWorld['names']) => Input]>([
      ['sns', 'DeleteTopic', ({ AlertsTopicArn }) => ({ topicArn: AlertsTopicArn })],
      ['dynamodb', 'DeleteTable', ({ StateTableName }) => ({ tableName: StateTableName })],
      [
        's3',
        'DeleteBucketPolicy',
        ({ EvidenceBucketName }) => ({ bucketName: EvidenceBucketName }),
      ],
      ['cloudformation', 'DeleteStack', () => ({ stackName: 'riposte-foundation-local' })],
      ['events', 'RemoveTargets', () => ({ rule: `${guard}-sweep-rule-1`, ids: ['sweep'] })],
      ['monitoring', 'DeleteAlarms', () => ({ alarmNames: [`${guard}-heartbeat`] })],
    ])('%s %s', async (service, eventName, input) => {
      await expectTold(await happen(service, eventName, input(world().names)));
    });
  });

  describe('a change to the senses is told over both topics:', () => {
    it.each([
      ['guardduty', 'DeleteDetector'],
      ['guardduty', 'UpdateDetector'],
      ['securityhub', 'DisableSecurityHub'],
      ['config', 'StopConfigurationRecorder'],
      ['organizations', 'DeregisterDelegatedAdministrator'],
      ['cloudtrail', 'StopEventDataStoreIngestion'],
    ])('%s %s', async (service, eventName) => {
      await expectTold(await happen(service, eventName));
    });
  });

  describe('a change', () => {
    it('to what is not of Riposte is passed over', async () => {
      const events = [
        await happen('events', 'DisableRule', { name: 'nightly-report' }),
        await happen('kms', 'DisableKey', { keyId: `arn:aws:kms:us-east-1:${account}:key/other` }),
        await happen('lambda', 'UpdateFunctionCode20150331v2', {
          functionName: 'riposte-cloudtrail-guard-prod-sweep',
        }),
        await happen('ssm', 'PutParameter', { name: '/riposte/prod/kill-switch' }),
      ];
      for (const event of events) {
        expect(await heardOf(event)).toEqual({ alerts: [], lastResort: [] });
      }
    });

    it('is told although the state table does not answer', async () => {
      const remove = world().stage.faults.add({
        ...{ appId: 'riposte-watch-self', service: 'dynamodb', effect: 'timeout', hangMs: 8_000 },
      });
      await expectTold(await happen('guardduty', 'StopMonitoringMembers'));
      remove();
    });

    it('is told over one topic when the other does not take it', async () => {
      const remove = world().stage.faults.add({
        ...{ appId: 'riposte-watch-self', operation: 'Publish', effect: 'deny', count: 1 },
      });
      const event = await happen('guardduty', 'DeleteMembers');
      remove();
      const { alerts, lastResort } = await heardOf(event);
      expect(alerts.length + lastResort.length).toBe(1);
      const logs = await world().stage.logs(`${guard}-watch-self`);
      expect(logs.some(({ message }) => message.includes('"UntoldWays":1'))).toBe(true);
    });

    it('of an exempt deployment role is told once an hour', async () => {
      await world().settings.write({
        exemptPrincipals: [`arn:aws:iam::${account}:role/Deployer`],
      });
      await world().settings.forget(['watch-self']);
      const events: ServiceEvent[] = [];
      for (const name of ['sweep', 'watch-storage', 'check-delivery']) {
        const functionName = `${guard}-${name}`;
        events.push(
          await happen('lambda', 'UpdateFunctionCode20150331v2', { functionName }, deployer),
        );
      }
      const heard = await Promise.all(events.map(heardOf));
      expect(heard.map(({ alerts }) => alerts.length)).toEqual([1, 0, 0]);
      expect(heard[0]?.alerts[0]?.message).toContain('more of the same principal within the hour');
      await world().settings.write({});
      await world().settings.forget(['watch-self']);
    });

    it('is recorded besides: the record says what was told', async () => {
      const event = await happen('guardduty', 'DisassociateFromAdministratorAccount');
      const record = await eventually('its record', async () => {
        const records = await world().records.list({ limit: 1000 });
        return records.find(({ trigger }) => trigger.eventId === Object(event.detail).eventID);
      });
      expect(record).toMatchObject({
        kind: 'self-tamper',
        status: 'told',
        trigger: { path: 'self' },
      });
    });
  });
}
