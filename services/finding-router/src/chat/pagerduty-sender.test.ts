import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ChannelBusyError, ChannelDownError } from '../errors.ts';
import { type HttpReceiver, type ReceiverAnswer, startReceiver } from '../testing/http-receiver.ts';
import { finding, notification } from '../testing/sample-message.ts';
import type { PagerDutyChannel } from './channels.ts';
import { createPagerDutySender } from './pagerduty-sender.ts';

const send = createPagerDutySender();
const secret = { routingKey: 'a1'.repeat(16) };
const dedupKey = createHash('sha256').update(notification().groupKey).digest('hex');
const accepted = { status: 'success', message: 'Event processed', dedup_key: dedupKey };
let receiver: HttpReceiver | undefined;
afterEach(() => receiver?.stop());

async function pagerDuty(answer: ReceiverAnswer = { status: 202, body: accepted }) {
  const started = await startReceiver(() => answer);
  receiver = started;
  const channel: PagerDutyChannel = {
    ...{ type: 'pagerduty', name: 'duty', secret: 'pagerduty', apiUrl: started.url },
  };
  return { channel, requests: started.requests };
}

describe('the PagerDuty sender', () => {
  it('triggers an alert by group, with details', async () => {
    const { channel, requests } = await pagerDuty();
    expect(await send(notification(), channel, secret)).toEqual({ reference: dedupKey });
    expect(requests[0]?.path).toBe('/v2/enqueue');
    expect(requests[0]?.json).toMatchObject({
      routing_key: secret.routingKey,
      event_action: 'trigger',
      dedup_key: dedupKey,
      client: 'Riposte',
      links: [{ href: finding.url, text: finding.title }],
      payload: {
        summary: 'HIGH: a bucket is public',
        severity: 'error',
        source: finding.resource,
        timestamp: '2026-05-01T12:00:00.000Z',
        component: 'AwsS3Bucket',
        group: '123456789012',
        class: 's3-public',
        custom_details: { total: 1, findings: [{ riskScore: 85, owner: 'payments' }] },
      },
    });
  });

  it.each([
    ['acknowledged', 'acknowledge'],
    ['resolved', 'resolve'],
  ] as const)('tells that it is %s, by the same key', async (status, event_action) => {
    const { channel, requests } = await pagerDuty();
    await send(notification({ status }), channel, secret);
    expect(requests[0]?.json).toEqual({
      ...{ routing_key: secret.routingKey, event_action, dedup_key: dedupKey },
    });
  });

  it.each([
    ['CRITICAL', 'critical'],
    ['MEDIUM', 'warning'],
    ['LOW', 'info'],
    ['INFORMATIONAL', 'info'],
  ] as const)('calls %s %s', async (severity, called) => {
    const { channel, requests } = await pagerDuty();
    const findings = [{ ...finding, severity }];
    await send(notification({ findings, status: 'escalated' }), channel, secret);
    expect(requests[0]?.json).toMatchObject({
      event_action: 'trigger',
      payload: { severity: called },
    });
  });

  it('stays within 512 KB and 1,024 characters, in one line and visible', async () => {
    const { channel, requests } = await pagerDuty();
    const hostile = '\u202e\u0000<b>ü'.repeat(20_000);
    const each = { ...finding, title: hostile, resource: hostile, id: hostile, owner: hostile };
    const findings = Array.from({ length: 20 }, () => each);
    const labels = { team: hostile };
    const text = 'ü'.repeat(200_000);
    await send(notification({ findings, labels, title: text, body: text }), channel, secret);
    const body = requests[0]?.body ?? '';
    expect(Buffer.byteLength(body)).toBeLessThan(512_000);
    expect(JSON.parse(body).payload.summary).toHaveLength(1024);
    expect(body).not.toMatch(/\u202e|\\u0000/);
  });

  it('has a source where there is no finding', async () => {
    const { channel, requests } = await pagerDuty();
    await send(notification({ findings: [], title: '' }), channel, secret);
    expect(requests[0]?.json).toMatchObject({ payload: { source: 'soc', summary: 'firing' } });
  });

  it.each([
    ["Length of 'routing_key' is incorrect (should be 32 characters)", 'secret.routingKey'],
    ["'payload.severity' is invalid", 'message'],
  ])('gives up when told: %s', async (problem, path) => {
    const body = { status: 'invalid event', message: 'Event object is invalid', errors: [problem] };
    const { channel } = await pagerDuty({ status: 400, body });
    const sent = send(notification(), channel, secret);
    await expect(sent).rejects.toMatchObject({ path });
    await expect(sent).rejects.toThrow(problem);
  });

  it('quotes what is no answer of PagerDuty, without the key', async () => {
    const { channel } = await pagerDuty({ status: 403, body: `no ${secret.routingKey}` });
    await expect(send(notification(), channel, secret)).rejects.toThrow('HTTP 403 no [secret]');
  });

  it('waits, or comes again', async () => {
    const limited = await pagerDuty({ status: 429 });
    await expect(send(notification(), limited.channel, secret)).rejects.toEqual(
      new ChannelBusyError('duty', 30),
    );
    await receiver?.stop();
    const odd = await pagerDuty({ status: 200, body: '<html>' });
    await expect(send(notification(), odd.channel, secret)).rejects.toThrow(ChannelDownError);
  });

  it.each([{}, { routingKey: 'hush' }])('refuses %j as secret', async (wrong) => {
    const { channel } = await pagerDuty();
    await expect(send(notification(), channel, wrong)).rejects.toThrow(/routingKey\): (?!.*hush)/);
  });
});
