import { afterEach, describe, expect, it } from '@jest/globals';
import { ChannelBusyError, ChannelDownError, DeliveryRefusedError } from '../errors.ts';
import { type HttpReceiver, type ReceiverAnswer, startReceiver } from '../testing/http-receiver.ts';
import { notification } from '../testing/sample-message.ts';
import type { SlackChannel } from './channels.ts';
import { createSlackSender } from './slack-sender.ts';

const send = createSlackSender();
const secret = { token: 'xoxb-hush-hush', signingSecret: 'x' };
const posted = { ok: true, channel: 'C0123', ts: '1777636800.000100' };
const reference = 'C0123/1777636800.000100';
let receiver: HttpReceiver | undefined;
afterEach(() => receiver?.stop());

async function slack(...answers: readonly ReceiverAnswer[]) {
  const started = await startReceiver(
    (_, index) => answers[Math.min(index, answers.length - 1)] ?? {},
  );
  receiver = started;
  const channel: SlackChannel = {
    ...{ type: 'slack', name: 'soc', conversation: '#soc', secret: 'slack' },
    apiUrl: `${started.url}/api`,
  };
  return { channel, requests: started.requests };
}

describe('the Slack sender', () => {
  it('posts blocks with a button, and remembers where', async () => {
    const { channel, requests } = await slack({ body: posted });
    const message = notification();
    expect(await send(message, channel, secret)).toEqual({ reference });
    expect(requests[0]?.path).toBe('/api/chat.postMessage');
    expect(requests[0]?.headers.authorization).toBe('Bearer xoxb-hush-hush');
    expect(requests[0]?.json).toMatchObject({
      channel: '#soc',
      text: message.title,
      blocks: [
        { text: { type: 'mrkdwn', text: '*HIGH: a bucket is public*', verbatim: true } },
        { text: { text: 'line one\nline two' } },
        { type: 'context', elements: [{ text: 'Riposte message 0123456789ab' }] },
        {
          type: 'actions',
          elements: [
            {
              action_id: 'riposte_acknowledge',
              value: JSON.stringify({ group: message.groupKey, message: message.id }),
            },
          ],
        },
      ],
      client_msg_id: expect.stringMatching(
        /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
      ),
      metadata: { event_type: 'riposte_message', event_payload: { id: message.id } },
      parse: 'none',
      unfurl_links: false,
    });
    expect(requests[0]?.json).not.toHaveProperty('thread_ts');
  });

  it('sends a repeat of a message with the same ids', async () => {
    const { channel, requests } = await slack({ body: posted });
    await send(notification(), channel, secret);
    await send(notification(), channel, secret);
    expect(requests[1]?.body).toBe(requests[0]?.body);
  });

  it('answers in the thread of the first message, seen in the channel while it is open', async () => {
    const { channel, requests } = await slack({ body: { ...posted, ts: '1777636900.000200' } });
    const receipt = await send(notification({ reference, repeat: 1 }), channel, secret);
    expect(receipt).toEqual({ reference });
    expect(requests[0]?.json).toMatchObject({
      ...{ channel: 'C0123', thread_ts: '1777636800.000100', reply_broadcast: true },
    });
  });

  it.each(['resolved', 'acknowledged'] as const)(
    'changes the first message when it is %s, then says so in the thread',
    async (status) => {
      const { channel, requests } = await slack({ body: posted });
      await send(notification({ reference, status }), channel, secret);
      expect(requests.map(({ path }) => path)).toEqual([
        '/api/chat.update',
        '/api/chat.postMessage',
      ]);
      expect(requests[0]?.json).toMatchObject({ channel: 'C0123', ts: '1777636800.000100' });
      expect(requests[0]?.body).not.toContain('riposte_acknowledge');
      expect(requests[1]?.json).not.toHaveProperty('reply_broadcast');
    },
  );

  it('says the end even where the first message was deleted', async () => {
    const { channel, requests } = await slack(
      { body: { ok: false, error: 'message_not_found' } },
      { body: { ok: false, error: 'thread_not_found' } },
      { body: { ...posted, ts: '1777637000.000300' } },
    );
    const receipt = await send(notification({ reference, status: 'resolved' }), channel, secret);
    expect(receipt).toEqual({ reference: 'C0123/1777637000.000300' });
    expect(requests[2]?.json).toMatchObject({ channel: '#soc' });
  });

  it('tries everything again where changing the first message, or the reply, fails for a while', async () => {
    const failed = { body: { ok: false, error: 'internal_error' } };
    const resolved = notification({ reference, status: 'resolved' });
    const update = await slack(failed);
    await expect(send(resolved, update.channel, secret)).rejects.toThrow(ChannelDownError);
    expect(update.requests).toHaveLength(1);
    await receiver?.stop();
    const reply = await slack({ body: posted }, failed);
    await expect(send(resolved, reply.channel, secret)).rejects.toThrow(ChannelDownError);
    expect(reply.requests).toHaveLength(2);
  });

  it('posts anew where the reference is none of Slack', async () => {
    const { channel, requests } = await slack({ body: posted });
    await send(notification({ reference: 'SOC-17', status: 'resolved' }), channel, secret);
    expect(requests.map(({ path }) => path)).toEqual(['/api/chat.postMessage']);
  });

  it('keeps to 3,000 characters a section and 50 blocks', async () => {
    const { channel, requests } = await slack({ body: posted });
    const body = `${'&amp;'.repeat(2000)}\n${'line\n'.repeat(100_000)}`;
    await send(notification({ title: 'x'.repeat(9000), body }), channel, secret);
    const { blocks } = JSON.parse(requests[0]?.body ?? '');
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const { text } of blocks) expect(text?.text.length ?? 0).toBeLessThanOrEqual(3000);
    expect(blocks[1].text.text).toMatch(/^(?:&amp;)+$/);
  });

  it('leaves the button out where the key of the group is too long for it', async () => {
    const { channel, requests } = await slack({ body: posted });
    await send(notification({ groupKey: 'k'.repeat(2000) }), channel, secret);
    expect(requests[0]?.body).not.toContain('"actions"');
  });

  it.each([
    ['invalid_auth', 'secret'],
    ['missing_scope', 'secret'],
    ['channel_not_found', 'conversation'],
    ['is_archived', 'conversation'],
    ['msg_too_long', 'body'],
    ['invalid_blocks', 'body'],
    ['never_heard_of', 'message'],
  ])('gives up on %s', async (error, path) => {
    const { channel } = await slack({ body: { ok: false, error } });
    const sent = send(notification(), channel, secret);
    await expect(sent).rejects.toMatchObject({ name: 'DeliveryRefusedError', path });
  });

  it('says what Slack finds wrong with blocks', async () => {
    const messages = ['[ERROR] must be less than 3001 characters'];
    const body = { ok: false, error: 'invalid_blocks', response_metadata: { messages } };
    const { channel } = await slack({ body });
    await expect(send(notification(), channel, secret)).rejects.toThrow('must be less than 3001');
  });

  it.each(['internal_error', 'fatal_error', 'service_unavailable', 'duplicate_message_not_found'])(
    'comes again after %s',
    async (error) => {
      const { channel } = await slack({ body: { ok: false, error } });
      await expect(send(notification(), channel, secret)).rejects.toThrow(ChannelDownError);
    },
  );

  it('waits as long as Slack asks', async () => {
    const limited = { ok: false, error: 'ratelimited' };
    const headers = { 'retry-after': '7' };
    const { channel } = await slack({ status: 429, headers, body: limited }, { body: limited });
    const busy = (seconds: number) => new ChannelBusyError('soc', seconds);
    await expect(send(notification(), channel, secret)).rejects.toEqual(busy(7));
    await expect(send(notification(), channel, secret)).rejects.toEqual(busy(30));
  });

  it.each([
    [{ status: 403, body: 'proxy says no to xoxb-hush-hush' }, DeliveryRefusedError],
    [{ body: '<html>' }, ChannelDownError],
  ])('takes %j for no answer of Slack, and quotes no token', async (answer, type) => {
    const { channel } = await slack(answer);
    const sent = send(notification(), channel, secret);
    await expect(sent).rejects.toThrow(type);
    await expect(sent).rejects.toThrow(/^(?!.*hush)/);
  });

  it.each([undefined, 'xoxb-hush-hush', {}, { token: 7 }, { token: 'hush hush\n' }])(
    'refuses %j as secret without quoting it',
    async (wrong) => {
      const { channel, requests } = await slack({ body: posted });
      await expect(send(notification(), channel, wrong)).rejects.toThrow(
        /^channel soc refused the message \(secret(?:\.token)?\): (?!.*hush)/,
      );
      expect(requests).toEqual([]);
    },
  );
});
