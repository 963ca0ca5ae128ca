import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { HttpDouble } from './http-double.ts';
import { startPagerDutyDouble } from './pagerduty/start-pagerduty-double.ts';
import { startSlackDouble } from './slack/start-slack-double.ts';
import { startTeamsDouble } from './teams/start-teams-double.ts';
import { startWebhookDouble } from './webhook/start-webhook-double.ts';

const now = () => new Date('2026-05-01T12:00:00Z');
let started: HttpDouble | undefined;
afterEach(() => started?.stop());

async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(url, { method: 'POST', body: text, headers });
  const said = await answer.text();
  return { status: answer.status, body: said.startsWith('{') ? JSON.parse(said) : said };
}

describe('the double of Slack', () => {
  async function slack(options: Parameters<typeof startSlackDouble>[0] = {}) {
    const double = await startSlackDouble({ token: 'xoxb-1', now, ...options });
    started = double;
    const call = async (method: string, body: object, token = 'xoxb-1') => {
      const headers = { authorization: `Bearer ${token}` };
      return (await post(`${double.url}/api/${method}`, body, headers)).body;
    };
    return { double, call };
  }
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

  it('posts, answers in threads and changes messages', async () => {
    const { double, call } = await slack({ conversations: { '#soc': 'C1' } });
    const root = await call('chat.postMessage', { channel: '#soc', text: 'a' });
    expect(root).toMatchObject({ ok: true, channel: 'C1', ts: '1777636800.000001' });
    await call('chat.postMessage', {
      ...{ channel: 'C1', text: 'b', thread_ts: root.ts, reply_broadcast: true },
    });
    await call('chat.update', { channel: 'C1', ts: root.ts, text: 'c' });
    expect(double.messages()).toMatchObject([
      { text: 'c', updates: 1, broadcast: false },
      { text: 'b', threadTs: root.ts, broadcast: true },
    ]);
    double.remove(root.ts);
    expect(await call('chat.update', { channel: 'C1', ts: root.ts, text: 'd' })).toEqual({
      ...{ ok: false, error: 'message_not_found' },
    });
  });

  it.each([
    ['chat.postMessage', { channel: '#other', text: 'a' }, 'channel_not_found'],
    ['chat.postMessage', { channel: 'C1', text: 'a', thread_ts: '1.2' }, 'thread_not_found'],
    ['chat.postMessage', { channel: 'C1' }, 'no_text'],
    ['chat.postMessage', { channel: 'C1', text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['chat.postMessage', { channel: 'C1', blocks: [section('x'.repeat(3001))] }, 'invalid_blocks'],
    ['chat.postMessage', { channel: 'C1', blocks: Array(51).fill(section('x')) }, 'invalid_blocks'],
    ['chat.postMessage', { channel: 1 }, 'invalid_arguments'],
    ['chat.update', { channel: '#soc', ts: '1.2', text: 'a' }, 'channel_not_found'],
    ['chat.delete', { channel: 'C1', text: 'a' }, 'unknown_method'],
  ])('answers %s of %j with an error', async (method, body, error) => {
    const { call } = await slack({ conversations: { '#soc': 'C1' } });
    expect(await call(method, body)).toMatchObject({ ok: false, error });
  });

  it('knows its token', async () => {
    const { double, call } = await slack();
    expect(await call('chat.postMessage', {}, 'other')).toMatchObject({ error: 'invalid_auth' });
    const { body } = await post(`${double.url}/api/chat.postMessage`, {});
    expect(body).toMatchObject({ error: 'not_authed' });
  });

  it.each([
    [false, 2, 1],
    [true, 1, 0],
  ])(
    'when it drops repeats: %s, holds %i messages of two posts',
    async (dropsRepeats, many, twice) => {
      const { double, call } = await slack({ dropsRepeats });
      const metadata = { event_type: 'x', event_payload: { id: 'm-1' } };
      const message = { channel: 'C1', text: 'a', client_msg_id: 'u-1', metadata };
      await call('chat.postMessage', message);
      expect(await call('chat.postMessage', message)).toMatchObject({ ok: true });
      expect(double.messages()).toHaveLength(many);
      expect(double.duplicates()).toBe(twice);
    },
  );
});

describe('the double of Teams', () => {
  const card = (text: string) => ({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          version: '1.5',
          body: [
            { type: 'TextBlock', text },
            { type: 'TextBlock', text: 'mark', id: 'm-1' },
          ],
        },
      },
    ],
  });

  it('shows cards, and counts those it has shown', async () => {
    const double = await startTeamsDouble({ now });
    started = double;
    expect(await post(double.webhookUrl, card('a'))).toEqual({ status: 202, body: '' });
    await post(double.webhookUrl, card('a'));
    expect(double.cards()).toMatchObject([{ id: 'm-1', text: 'a\nmark' }, { id: 'm-1' }]);
    expect(double.duplicates()).toBe(1);
  });

  it('refuses what a workflow refuses', async () => {
    const double = await startTeamsDouble({ now });
    started = double;
    const other = double.webhookUrl.replace('sig=x', 'sig=y');
    expect(await post(other, card('a'))).toMatchObject({
      ...{ status: 401, body: { error: { code: 'DirectApiAuthorizationRequired' } } },
    });
    expect((await post(double.webhookUrl, { text: 'a' })).status).toBe(400);
    expect((await post(double.webhookUrl, card('x'.repeat(29_000)))).status).toBe(413);
    expect((await post(`${double.url}/gone`, card('a'))).status).toBe(404);
    expect(double.cards()).toEqual([]);
  });

  it('can be switched off', async () => {
    const double = await startTeamsDouble({ enabled: false });
    started = double;
    const { body } = await post(double.webhookUrl, card('a'));
    expect(body.error.code).toBe('WorkflowTriggerIsNotEnabled');
  });
});

describe('the double of PagerDuty', () => {
  const payload = {
    ...{ summary: 'a', source: 'b', severity: 'error', custom_details: { message_id: 'm-1' } },
  };
  const event = (event_action: string, more: object = {}) => ({
    ...{ routing_key: 'k'.repeat(32), event_action, dedup_key: 'g', payload, ...more },
  });

  it('makes one alert of the events of a key, until it is resolved', async () => {
    const double = await startPagerDutyDouble({ routingKey: 'k'.repeat(32) });
    started = double;
    const actions = ['resolve', 'trigger', 'trigger', 'acknowledge', 'resolve', 'trigger'];
    for (const action of actions) {
      expect((await post(`${double.url}/v2/enqueue`, event(action))).status).toBe(202);
    }
    expect(double.alerts()).toMatchObject([
      { status: 'resolved', log: ['trigger', 'trigger', 'acknowledge', 'resolve'] },
      { status: 'triggered', log: ['trigger'] },
    ]);
    expect(double.duplicates()).toBe(2);
  });

  it.each([
    [event('trigger', { routing_key: 'k' }), 'should be 32 characters'],
    [event('trigger', { routing_key: 'j'.repeat(32) }), 'Invalid routing key'],
    [event('explode'), 'event_action'],
    [event('resolve', { dedup_key: undefined }), 'dedup_key'],
    [event('trigger', { payload: { ...payload, severity: 'bad' } }), 'payload.severity'],
    [event('trigger', { payload: { ...payload, summary: 'x'.repeat(1025) } }), 'too long'],
    [event('trigger', { links: [{ href: 'x' }] }), 'links'],
    [event('trigger', { more: 'x'.repeat(530_000) }), '512 KB'],
  ])('calls an event invalid', async (body, problem) => {
    const double = await startPagerDutyDouble({ routingKey: 'k'.repeat(32) });
    started = double;
    const answer = await post(`${double.url}/v2/enqueue`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]).toContain(problem);
  });

  it('makes a key where an event has none', async () => {
    const double = await startPagerDutyDouble();
    started = double;
    const body = event('trigger', { dedup_key: undefined });
    expect((await post(`${double.url}/v2/enqueue`, body)).body.dedup_key).toBe('generated-1');
    expect((await post(`${double.url}/v1/other`, body)).status).toBe(404);
  });
});

describe('the double of a webhook', () => {
  const key = 'k'.repeat(32);
  const sign = (body: string, seconds: number) =>
    `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`;

  it.each([
    [false, 200],
    [true, 409],
  ])(
    'takes what is signed; refusing repeats: %s, answers %i to one',
    async (refusesRepeats, status) => {
      const double = await startWebhookDouble({ key, now, refusesRepeats });
      started = double;
      const headers = {
        ...{ 'x-riposte-delivery': 'm-1', 'x-riposte-signature': sign('{"a":1}', 1777636800) },
      };
      expect((await post(double.url, '{"a":1}', headers)).status).toBe(200);
      expect((await post(double.url, '{"a":1}', headers)).status).toBe(status);
      expect(double.deliveries()[0]).toEqual({ id: 'm-1', body: { a: 1 } });
      expect(double.duplicates()).toBe(1);
    },
  );

  it.each([
    [{ 'x-riposte-signature': sign('{"a":2}', 1777636800) }, 401],
    [{ 'x-riposte-signature': sign('{"a":1}', 1777636499) }, 401],
    [{}, 401],
    [{ 'x-riposte-signature': sign('{"a":1}', 1777636800) }, 400],
  ])('refuses headers %j with HTTP %i', async (headers, status) => {
    const double = await startWebhookDouble({ key, now });
    started = double;
    expect((await post(double.url, '{"a":1}', { ...headers })).status).toBe(status);
  });
});
