import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { ssmSettings } from './ssm-settings.ts';

const ssm = mockClient(SSMClient);
let now: number;

beforeEach(() => {
  ssm.reset();
  now = Date.parse('2026-11-24T13:00:00.000Z');
});

function settingsOf(ttlMs?: number) {
  return ssmSettings({
    client: new SSMClient({}),
    settingsParameter: '/riposte/dev/guard/settings',
    switchParameter: '/riposte/dev/kill-switch',
    clock: () => new Date(now),
    ...(ttlMs !== undefined && { ttlMs }),
  });
}

function parameters(settings: string, killSwitch: string) {
  return {
    Parameters: [
      { Name: '/riposte/dev/kill-switch', Value: killSwitch },
      { Name: '/riposte/dev/guard/settings', Value: settings },
    ],
  };
}

describe('ssmSettings', () => {
  it('reads both parameters in one call', async () => {
    ssm.on(GetParametersCommand).resolves(parameters('{"modes":{"x":"notify"}}', 'on'));
    expect(await settingsOf().read()).toMatchObject({
      readable: true,
      settings: { modes: { x: 'notify' } },
      switch: 'changes-stopped',
    });
    expect(ssm.commandCalls(GetParametersCommand)[0]?.args[0].input.Names).toEqual([
      '/riposte/dev/guard/settings',
      '/riposte/dev/kill-switch',
    ]);
  });

  it('keeps a reading for less than sixty seconds', async () => {
    ssm
      .on(GetParametersCommand)
      .resolvesOnce(parameters('{}', 'off'))
      .resolves(parameters('{}', 'on'));
    const settings = settingsOf();
    await settings.read();
    now += 59_999;
    expect(await settings.read()).toMatchObject({ switch: 'changes-allowed' });
    now += 1;
    expect(await settings.read()).toMatchObject({ switch: 'changes-stopped' });
    expect(ssm.calls()).toHaveLength(2);
  });

  it('reads every time where nothing may be kept', async () => {
    ssm.on(GetParametersCommand).resolves(parameters('{}', 'off'));
    const settings = settingsOf(0);
    await settings.read();
    await settings.read();
    expect(ssm.calls()).toHaveLength(2);
  });

  it.each([
    [
      'a call that failed',
      () =>
        ssm
          .on(GetParametersCommand)
          .rejectsOnce(Object.assign(new Error('no'), { name: 'AccessDenied' })),
      'AccessDenied',
    ],
    [
      'a parameter that is not there',
      () => ssm.on(GetParametersCommand).resolvesOnce({}),
      'settings parameter is missing',
    ],
    [
      'a switch that is neither on nor off',
      () => ssm.on(GetParametersCommand).resolvesOnce(parameters('{}', 'maybe')),
      'kill switch is neither on nor off',
    ],
  ])('says why it could not read %s, and tries again at once', async (_what, harm, reason) => {
    harm().resolves(parameters('{}', 'off'));
    const settings = settingsOf();
    expect(await settings.read()).toEqual({ readable: false, reason });
    expect(await settings.read()).toMatchObject({ readable: true });
  });

  it('does not believe an old reading once a newer one failed', async () => {
    ssm.on(GetParametersCommand).resolvesOnce(parameters('{}', 'off')).rejects(new Error('down'));
    const settings = settingsOf();
    await settings.read();
    now += 60_000;
    expect(await settings.read()).toEqual({ readable: false, reason: 'Error' });
  });
});
