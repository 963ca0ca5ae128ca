import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type HttpReceiver, type ReceiverAnswer, startReceiver } from '../testing/http-receiver.ts';
import { notification } from '../testing/sample-message.ts';
import type { WebhookChannel } from './channels.ts';
import { createWebhookSender } from './webhook-sender.ts';

const send = createWebhookSender({ now: () => new Date('2026-05-01T12:00:00.900Z') });
const secret = { key: 'hush'.repeat(8) };
let receiver: HttpReceiver | undefined;
afterEach(() => receiver?.stop());

async function webhook(answer: ReceiverAnswer) {
  const started = await startReceiver(() => answer);
  receiver = started;
  const url = `${started.url}/hook`;
  const channel: WebhookChannel = { type: 'webhook', name: 'own', url, secret: 'hook' };
  return { channel, requests: started.requests };
}

describe('the webhook sender', () => {
  it('posts the message as JSON, signed with its time', async () => {
    const { channel, requests } = await webhook({ status: 204 });
    const message = notification({ reference: 'x' });
    expect(await send(message, channel, secret)).toEqual({ reference: 'x' });
    const { headers, body = '', json } = requests[0] ?? {};
    const { reference, ...told } = message;
    expect(reference).toBe('x');
    expect(json).toEqual({ schemaVersion: '1.0', ...told });
    expect(headers?.['x-riposte-delivery']).toBe(message.id);
    const hex = createHmac('sha256', secret.key).update(`1777636800.${body}`).digest('hex');
    expect(headers?.['x-riposte-signature']).toBe(`t=1777636800,v1=${hex}`);
  });

  it('takes "have it already" for a yes', async () => {
    const { channel } = await webhook({ status: 409 });
    expect(await send(notification(), channel, secret)).toEqual({});
  });

  it.each([
    [401, 'secret.key'],
    [403, 'secret.key'],
    [404, 'url'],
    [410, 'url'],
    [422, 'message'],
  ])('gives up on HTTP %i', async (status, path) => {
    const { channel } = await webhook({ status, body: `no ${secret.key}` });
    const sent = send(notification(), channel, secret);
    await expect(sent).rejects.toMatchObject({ name: 'DeliveryRefusedError', path });
    await expect(sent).rejects.toThrow(`HTTP ${status} no [secret]`);
  });

  it.each([{}, { key: 'short hush' }])('refuses %j as secret', async (wrong) => {
    const { channel } = await webhook({});
    await expect(send(notification(), channel, wrong)).rejects.toThrow(/secret\.key\): (?!.*hush)/);
  });
});
