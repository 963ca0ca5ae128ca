import {
  BatchImportFindingsCommand,
  DescribeHubCommand,
  DescribeSecurityHubV2Command,
  DisableSecurityHubCommand,
  DisableSecurityHubV2Command,
  EnableSecurityHubCommand,
  EnableSecurityHubV2Command,
  GetEnabledStandardsCommand,
  GetFindingsCommand,
  GetFindingsV2Command,
  ListMembersCommand,
  UpdateSecurityHubConfigurationCommand,
} from '@aws-sdk/client-securityhub';
import { describe, expect, it } from '@jest/globals';
import { failureOf, findingOf, home, startFixture } from './hub-fixture.ts';
import { startSecurityHub } from './start-security-hub.ts';

describe('the hub', () => {
  it('is on everywhere, and can be switched off and on again', async () => {
    const { client, stop } = await startFixture();
    const hub = client();
    const HubArn = 'arn:aws:securityhub:eu-west-1:111122223333:hub/default';
    await expect(hub.send(new DescribeHubCommand({ HubArn }))).resolves.toMatchObject({
      HubArn,
      SubscribedAt: '2026-05-01T12:00:00.000Z',
      AutoEnableControls: true,
      ControlFindingGenerator: 'SECURITY_CONTROL',
    });
    expect(await failureOf(hub.send(new EnableSecurityHubCommand({})))).toMatchObject({
      name: 'ResourceConflictException',
      status: 409,
    });
    await hub.send(
      new UpdateSecurityHubConfigurationCommand({
        AutoEnableControls: false,
        ControlFindingGenerator: 'STANDARD_CONTROL',
      }),
    );
    await hub.send(new UpdateSecurityHubConfigurationCommand({}));
    await expect(hub.send(new DescribeHubCommand({}))).resolves.toMatchObject({
      AutoEnableControls: false,
      ControlFindingGenerator: 'STANDARD_CONTROL',
    });
    await hub.send(new DisableSecurityHubCommand({}));
    const off = {
      name: 'InvalidAccessException',
      message: 'Account 111122223333 is not subscribed to AWS Security Hub',
      status: 401,
    };
    expect(await failureOf(hub.send(new DescribeHubCommand({})))).toEqual(off);
    expect(await failureOf(hub.send(new GetEnabledStandardsCommand({})))).toEqual(off);
    expect(await failureOf(hub.send(new DisableSecurityHubCommand({})))).toMatchObject({
      name: 'InvalidAccessException',
    });
    await hub.send(new EnableSecurityHubCommand({}));
    await expect(hub.send(new GetEnabledStandardsCommand({}))).resolves.toMatchObject({
      StandardsSubscriptions: [],
    });
    await stop();
  });

  it('knows no other hub', async () => {
    const { client, stop } = await startFixture();
    const HubArn = 'arn:aws:securityhub:eu-west-1:111122223333:hub/other';
    expect(await failureOf(client().send(new DescribeHubCommand({ HubArn })))).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
    await stop();
  });

  it('is off everywhere when asked for', async () => {
    const { client, stop } = await startFixture({ enabled: false });
    const hub = client({ region: 'cn-north-1' });
    expect(await failureOf(hub.send(new DescribeHubCommand({})))).toMatchObject({
      name: 'InvalidAccessException',
    });
    await hub.send(new EnableSecurityHubCommand({ ControlFindingGenerator: 'STANDARD_CONTROL' }));
    await expect(hub.send(new DescribeHubCommand({}))).resolves.toMatchObject({
      HubArn: 'arn:aws-cn:securityhub:cn-north-1:111122223333:hub/default',
      ControlFindingGenerator: 'STANDARD_CONTROL',
    });
    await stop();
  });

  it('has V2 apart, off until enabled', async () => {
    const { client, stop } = await startFixture();
    const hub = client();
    expect(await failureOf(hub.send(new DescribeSecurityHubV2Command({})))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await failureOf(hub.send(new GetFindingsV2Command({})))).toMatchObject({
      name: 'ConflictException',
      message: 'Security Hub V2 is not enabled',
      status: 409,
    });
    const HubV2Arn = 'arn:aws:securityhub:eu-west-1:111122223333:hubv2/default';
    await expect(hub.send(new EnableSecurityHubV2Command({}))).resolves.toMatchObject({ HubV2Arn });
    await hub.send(new EnableSecurityHubV2Command({}));
    await expect(hub.send(new DescribeSecurityHubV2Command({}))).resolves.toMatchObject({
      HubV2Arn,
      SubscribedAt: '2026-05-01T12:00:00.000Z',
    });
    await hub.send(new DisableSecurityHubV2Command({}));
    expect(await failureOf(hub.send(new GetFindingsV2Command({})))).toMatchObject({
      name: 'ConflictException',
    });
    await stop();
  });
});

describe('who calls', () => {
  it('sees the account of a session, and the default account behind keys that nobody knows', async () => {
    const { client, stop } = await startFixture({
      accountOf: (key) => (key === 'ASIASESSION' ? '222233334444' : undefined),
      accountId: '333344445555',
    });
    for (const [accountId, account] of [
      ['ASIASESSION', '222233334444'],
      ['AKIAUNKNOWN', '333344445555'],
    ]) {
      const hub = client(accountId === undefined ? {} : { accountId });
      await expect(hub.send(new DescribeHubCommand({}))).resolves.toMatchObject({
        HubArn: `arn:aws:securityhub:eu-west-1:${account}:hub/default`,
      });
    }
    await stop();
  });

  it('has findings apart from other accounts and Regions', async () => {
    const { client, stop } = await startFixture();
    await client().send(new BatchImportFindingsCommand({ Findings: [findingOf()] }));
    for (const where of [{ accountId: '999999999999' }, { region: 'us-east-1' }]) {
      const answer = await client(where).send(new GetFindingsCommand({}));
      expect(answer.Findings).toEqual([]);
    }
    await stop();
  });
});

describe('the API', () => {
  it('throttles an account-Region as AWS does when asked to, with a burst', async () => {
    const { client, clock, stop } = await startFixture({ callsPerSecond: 10 });
    const ask = (region = 'eu-west-1') =>
      failureOf(client({ region }).send(new DescribeHubCommand({})));
    for (let calls = 0; calls < 30; calls += 1) expect((await ask()).name).toBe('none');
    expect(await ask()).toEqual({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
      status: 429,
    });
    expect((await ask('us-east-1')).name).toBe('none');
    clock.now = new Date(clock.now.getTime() + 100);
    expect((await ask()).name).toBe('none');
    expect((await ask()).name).toBe('ThrottlingException');
    await stop();
  });

  it('says which operations it does not have', async () => {
    const { client, stop } = await startFixture();
    expect(await failureOf(client().send(new ListMembersCommand({})))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The stand-in of Security Hub has no GET /members',
    });
    await stop();
  });

  it.each([
    ['{ broken', 'The request body is not valid JSON'],
    ['[]', 'The request body is not a JSON object'],
  ])('refuses a body of %s', async (body, Message) => {
    const { hub, stop } = await startFixture();
    const response = await fetch(`${hub.endpoint}/findings`, { method: 'POST', body });
    expect(response.status).toBe(400);
    expect(response.headers.get('x-amzn-errortype')).toBe('InvalidInputException');
    expect(await response.json()).toEqual({ Message, Code: 'InvalidInputException' });
    await stop();
  });

  it('survives a path that cannot be decoded', async () => {
    const { hub, stop } = await startFixture();
    expect((await fetch(`${hub.endpoint}/actionTargets/%E0%A4%A`)).status).toBe(404);
    await stop();
  });

  it('answers an unforeseen error without its text', async () => {
    let calls = 0;
    const clock = () => {
      calls += 1;
      if (calls > 1) throw new RangeError('secret');
      return new Date();
    };
    const hub = await startSecurityHub({ publish: async () => {}, clock });
    const body = '{}';
    const first = await fetch(`${hub.endpoint}/findings`, { method: 'POST', body });
    expect(first.status).toBe(500);
    expect(await first.json()).toEqual({
      Message: 'Internal service failure',
      Code: 'InternalException',
    });
    await hub.stop();
  });

  it('fails to start on a port that is taken', async () => {
    const { hub, stop } = await startFixture();
    const port = Number(new URL(hub.endpoint).port);
    await expect(startSecurityHub({ port, publish: async () => {} })).rejects.toThrow('EADDRINUSE');
    await stop();
  });
});

describe('publishing', () => {
  it('does not keep the caller waiting, and stop waits for it', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const published: string[] = [];
    const hub = await startSecurityHub({
      publish: async (event) => {
        await gate;
        published.push(event.id);
      },
    });
    const Findings = Array.from({ length: 20 }, (_, index) => findingOf({ Id: `f${index}` }));
    await hub.importAsff(Findings, home);
    expect(published).toEqual([]);
    const stopped = hub.stop();
    open();
    await stopped;
    expect(published).toHaveLength(20);
  });

  it('reports the first failure once, and goes on', async () => {
    let fails = true;
    const hub = await startSecurityHub({
      publish: async () => {
        if (fails) throw new RangeError('no bus');
      },
    });
    await hub.importAsff([findingOf()], home);
    await expect(hub.settled()).rejects.toThrow('no bus');
    await expect(hub.settled()).resolves.toBeUndefined();
    fails = false;
    await hub.importAsff([findingOf({ Id: 'next' })], home);
    await expect(hub.settled()).resolves.toBeUndefined();
    await hub.stop();
  });
});
