import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeliveryReport, RecordedCall } from '@riposte/local-stage';
import { fakePlay, fakeStage, played } from '../testing/fake-stage.ts';
import { findCheckout } from './find-checkout.ts';
import { performanceText, playRequest } from './play-request.ts';
import { ensureTrail, scenarios } from './scenarios.ts';
import { stageClientConfig } from './stage-client-config.ts';
import { stageEnvironment } from './stage-environment.ts';
import { eventLine, stageEvents } from './stage-events.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riposte-cli-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('findCheckout', () => {
  it('says that there is none', () => {
    expect(() => findCheckout('/')).toThrow(
      expect.objectContaining({ name: 'MissingCheckoutError' }),
    );
  });

  it('says that its packages are not installed', async () => {
    await mkdir(join(folder, 'services', 'foundation'), { recursive: true });
    await writeFile(join(folder, 'services', 'foundation', 'package.json'), '{}');
    expect(() => findCheckout(join(folder, 'services'))).toThrow(
      expect.objectContaining({ remedy: `run npm ci in ${folder}` }),
    );
  });
});

describe('playRequest', () => {
  const request = { trail: 'main', user: 'mallory', duplicates: 1 };

  it.each(Object.keys(scenarios))('plays %s', async (what) => {
    const stage = fakeStage();
    const asked: string[] = [];
    await playRequest({ ...request, what }, { ...stage, play: fakePlay(asked) });
    expect(asked.at(-1)).toMatch(/main/);
    expect(asked.at(-1)).toMatch(/"duplicates":1/);
  });

  it('leaves a trail that is there as it is', async () => {
    const asked: string[] = [];
    const play = { ...fakePlay(asked), apiCall: async () => played };
    await ensureTrail({ stage: fakeStage({ play }), trail: 'main' });
    expect(asked).toEqual([]);
  });

  it('delivers the event of a file', async () => {
    const file = join(folder, 'event.json');
    await writeFile(file, '{"id":"x"}');
    const stage = fakeStage();
    await playRequest({ ...request, what: file }, stage);
    expect(stage.asked).toEqual(['deliver {"id":"x"} {"duplicates":1}']);
  });

  it('says what can be played', async () => {
    await expect(
      playRequest({ ...request, what: 'constructor' }, fakeStage()),
    ).rejects.toMatchObject({
      field: 'what to play',
      remedy: expect.stringContaining('stop-trail'),
    });
    const file = join(folder, 'broken.json');
    await writeFile(file, '{');
    await expect(playRequest({ ...request, what: file }, fakeStage())).rejects.toMatchObject({
      message: expect.stringContaining('is no JSON'),
    });
  });
});

describe('performanceText', () => {
  const delivery: DeliveryReport = { eventId: 'e', matched: [], targets: [] };

  it('says that the call failed, and that no rule matches', () => {
    expect(performanceText({ ...played, errorCode: 'AccessDenied', delivery })).toMatch(
      /the call failed: AccessDenied\nno rule matches/,
    );
  });

  it('says why AWS would not have sent it', () => {
    expect(performanceText({ delivery: { ...delivery, withheld: 'no trail logs' } })).toBe(
      'AWS would not have sent it: no trail logs',
    );
  });

  it('says what became of each target', () => {
    const target = {
      ruleArn: 'r',
      targetId: 't',
      targetArn: 'arn:x:queue',
      outcome: 'dropped' as const,
      attempts: 1,
      note: 'gone',
    };
    expect(performanceText({ delivery: { ...delivery, targets: [target] } })).toBe(
      'dropped: queue (gone)',
    );
  });

  it('says nothing of a delivery that was not wanted', () => {
    const { delivery: _delivery, ...silent } = played;
    expect(performanceText(silent)).toMatch(/^event: [^\n]+$/);
  });
});

describe('stageEvents', () => {
  const call: RecordedCall = {
    id: 1,
    time: '2026-11-24T14:00:00.100Z',
    durationMs: 3.4,
    service: 'cloudtrail',
    operation: 'StartLogging',
    appId: 'riposte-restart-trail',
    userAgent: '',
    accountId: '123456789012',
    region: 'us-east-1',
    accessKeyId: '',
    parameters: {},
    status: 200,
  };

  it('tells calls and messages in order, and leaves out its own questions', async () => {
    const { appId: _appId, ...anonymous } = call;
    const stage = fakeStage({
      calls: async () => [
        { ...call, id: 2, appId: 'riposte-cli' },
        {
          ...call,
          id: 3,
          errorCode: 'ThrottlingException',
          fault: 'throttle',
          time: '2026-11-24T14:00:00.300Z',
        },
        { ...call, id: 4, errorCode: 'AccessDenied', time: '2026-11-24T14:00:00.400Z' },
        {
          ...call,
          id: 5,
          appId: 'stage-play',
          operation: 'StopLogging',
          time: '2026-11-24T14:00:00.000Z',
        },
        { ...anonymous, id: 6 },
        call,
      ],
      messages: async (topicArn) => [
        {
          id: 'm',
          topicArn,
          subject: 'a\nb',
          message: '',
          attributes: {},
          sentAt: '2026-11-24T14:00:00.200Z',
        },
        { id: 'n', topicArn, message: '', attributes: {}, sentAt: '2026-11-24T14:00:00.000Z' },
      ],
    });
    const lines = (await stageEvents(stage, ['topic'])).map(eventLine);
    expect(lines).toEqual([
      '14:00:00.000  somebody          cloudtrail:StopLogging 123456789012/us-east-1 3 ms',
      '14:00:00.100  restart-trail     cloudtrail:StartLogging 123456789012/us-east-1 3 ms',
      '14:00:00.200  message           a\\u{a}b',
      '14:00:00.300  restart-trail     cloudtrail:StartLogging 123456789012/us-east-1 3 ms FAILED ThrottlingException (fault: throttle)',
      '14:00:00.400  restart-trail     cloudtrail:StartLogging 123456789012/us-east-1 3 ms FAILED AccessDenied',
      '14:00:00.000  message           (no subject)',
    ]);
  });
});

describe('reaching a stage', () => {
  it('takes what the stage gives', () => {
    const { env } = fakeStage();
    expect(stageClientConfig({ endpoint: 'e', region: 'r', env })).toMatchObject({
      endpoint: 'e',
      credentials: { accessKeyId: "1'2", secretAccessKey: '' },
    });
    expect(
      stageClientConfig({ endpoint: 'e', region: 'r', env: {} }).credentials?.accessKeyId,
    ).toBe('');
    expect(stageEnvironment({ region: 'r', env: { AWS_REGION: 'x' } })).toMatch(
      /^export AWS_REGION='x'\nexport RIPOSTE/,
    );
  });
});
