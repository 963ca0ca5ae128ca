import { afterEach, describe, expect, it } from '@jest/globals';
import {
  startPagerDutyDouble,
  startSlackDouble,
  startTeamsDouble,
  startWebhookDouble,
} from '@riposte/local-stage';
import { createPagerDutySender } from '@riposte/service-finding-router/src/chat/pagerduty-sender.ts';
import { createSlackSender } from '@riposte/service-finding-router/src/chat/slack-sender.ts';
import { createTeamsSender } from '@riposte/service-finding-router/src/chat/teams-sender.ts';
import { createWebhookSender } from '@riposte/service-finding-router/src/chat/webhook-sender.ts';
import type {
  Notification,
  NotifiedFinding,
} from '@riposte/service-finding-router/src/delivery.ts';
import { renderNotification } from '@riposte/service-finding-router/src/messages/render-notification.ts';

type ChatType = 'slack' | 'teams' | 'pagerduty' | 'webhook';

const at = '2026-05-01T12:00:00.000Z';
const now = () => new Date(at);
const hostile = '<!channel> [x](https://evil.example) *b* \u202e\u0000'.repeat(2000);
const finding: NotifiedFinding = {
  ...{ key: 'k', format: 'asff', id: 'i', severity: 'CRITICAL', accountId: '123456789012' },
  ...{ region: 'eu-west-1', resource: 'arn:aws:s3:::reports', rule: 's3-public', since: at },
  title: hostile,
  url: 'https://eu-west-1.console.aws.amazon.com/securityhub/home?region=eu-west-1#/findings',
};

let count = 0;
function message(type: ChatType, more: Partial<Notification> = {}): Notification {
  count += 1;
  const data = {
    ...{ channel: 'soc', groupKey: 'g-1', status: 'firing' as const, labels: {}, at, repeat: 0 },
    ...{ findings: Array.from({ length: 20 }, () => finding), total: 500, ...more },
  };
  const id = `${count}`.padStart(64, '0');
  return { id, ...data, ...renderNotification(data, type) };
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});
function started<TDouble extends { stop(): Promise<void> }>(double: TDouble): TDouble {
  stops.push(() => double.stop());
  return double;
}

describe('hostile messages reach', () => {
  it('Slack, in one thread, and the first message tells the end', async () => {
    const double = started(await startSlackDouble({ token: 'xoxb-token', now }));
    const send = createSlackSender();
    const channel = {
      ...({ type: 'slack', name: 'soc', conversation: '#soc', secret: 's' } as const),
      apiUrl: `${double.url}/api`,
    };
    const secret = { token: 'xoxb-token' };
    const { reference = '' } = await send(message('slack'), channel, secret);
    await send(message('slack', { reference, repeat: 1 }), channel, secret);
    await send(message('slack', { reference, status: 'resolved' }), channel, secret);
    const [root, reminder, end] = double.messages();
    expect(root).toMatchObject({ updates: 1, text: expect.stringMatching(/^RESOLVED: /) });
    expect(reminder).toMatchObject({ threadTs: root?.ts, broadcast: true });
    expect(end).toMatchObject({ threadTs: root?.ts, broadcast: false });
    expect(JSON.stringify(double.messages())).not.toMatch(/<!|<http(?!s:\/\/eu-west-1)|\u202e/);
  });

  it('Teams, as cards below 28 KB', async () => {
    const double = started(await startTeamsDouble({ now }));
    const channel = { type: 'teams', name: 'soc', secret: 's' } as const;
    await createTeamsSender()(message('teams'), channel, { url: double.webhookUrl });
    expect(double.cards()[0]?.text).toMatch(/^CRITICAL: .*\\<!channel\\>/);
    expect(double.cards()[0]?.text).not.toMatch(/(?<!\\)[<[]x/);
  });

  it('PagerDuty, as one alert from its begin to its end', async () => {
    const routingKey = 'k'.repeat(32);
    const double = started(await startPagerDutyDouble({ routingKey }));
    const send = createPagerDutySender();
    const channel = { type: 'pagerduty', name: 'soc', secret: 's', apiUrl: double.url } as const;
    for (const status of ['firing', 'escalated', 'acknowledged', 'resolved'] as const) {
      await send(message('pagerduty', { status }), channel, { routingKey });
    }
    expect(double.alerts()).toMatchObject([
      { status: 'resolved', log: ['trigger', 'trigger', 'acknowledge', 'resolve'] },
    ]);
  });

  it('a webhook that verifies them', async () => {
    const key = 'k'.repeat(32);
    const double = started(await startWebhookDouble({ key, now }));
    const channel = { type: 'webhook', name: 'soc', url: double.url, secret: 's' } as const;
    const sent = message('webhook');
    await createWebhookSender({ now })(sent, channel, { key });
    expect(double.deliveries()).toMatchObject([{ id: sent.id, body: { total: 500 } }]);
  });
});

describe('a sender', () => {
  it.each([
    [
      { status: 429, retryAfter: 9 },
      { name: 'ChannelBusyError', retryAfterSeconds: 9 },
    ],
    [{ status: 502 }, { name: 'ChannelDownError' }],
    [{ reset: true }, { name: 'ChannelDownError' }],
    [{ hang: true }, { name: 'ChannelDownError' }],
    [{ status: 200, body: { ok: false, error: 'internal_error' } }, { name: 'ChannelDownError' }],
    [
      { status: 200, body: { ok: false, error: 'is_archived' } },
      { name: 'DeliveryRefusedError', path: 'conversation' },
    ],
  ])('meets %j once, and the message arrives the next time', async (fault, error) => {
    const double = started(await startSlackDouble({ now }));
    const send = createSlackSender({ timeoutMs: 300 });
    const channel = {
      ...({ type: 'slack', name: 'soc', conversation: '#soc', secret: 's' } as const),
      apiUrl: `${double.url}/api`,
    };
    double.faults.add({ ...fault, count: 1 });
    const again = message('slack');
    const secret = { token: 'xoxb-token' };
    await expect(send(again, channel, secret)).rejects.toMatchObject(error);
    await send(again, channel, secret);
    expect(double.messages()).toHaveLength(1);
  });

  it('repeats a message whose answer was lost with an id that tells it', async () => {
    const slack = started(await startSlackDouble({ now }));
    const duty = started(await startPagerDutyDouble());
    const lost = { reset: true, afterEffect: true, count: 1 };
    slack.faults.add(lost);
    duty.faults.add(lost);
    const conversation = { conversation: '#soc', apiUrl: `${slack.url}/api` };
    const toSlack = () =>
      createSlackSender()(
        twice,
        { type: 'slack', name: 'soc', secret: 's', ...conversation },
        { token: 'xoxb-token' },
      );
    const toDuty = () =>
      createPagerDutySender()(
        twice,
        { type: 'pagerduty', name: 'duty', secret: 's', apiUrl: duty.url },
        { routingKey: 'k'.repeat(32) },
      );
    const twice = message('slack');
    for (const send of [toSlack, toDuty]) {
      await expect(send()).rejects.toMatchObject({ name: 'ChannelDownError' });
      await send();
    }
    expect(slack.duplicates()).toBe(1);
    expect(duty.duplicates()).toBe(1);
    expect(duty.alerts()).toHaveLength(1);
  });
});
