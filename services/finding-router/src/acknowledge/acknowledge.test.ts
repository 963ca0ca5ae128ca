import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { slackBlocks } from '../chat/slack-blocks.ts';
import { startReceiver } from '../testing/http-receiver.ts';
import { notification } from '../testing/sample-message.ts';
import { type AcknowledgeOutcome, acknowledge } from './acknowledge.ts';
import { type Acknowledgement, acknowledgeFromSlack } from './acknowledge-from-slack.ts';
import { slackAnswer } from './slack-answer.ts';

const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';
const now = new Date('2026-05-01T12:00:00Z');
const seconds = now.getTime() / 1000;

const value = JSON.stringify({ group: 'soc/S3.2', message: 'm-1' });
const click = {
  type: 'block_actions',
  user: { id: 'U1', username: 'ada', name: 'Ada' },
  actions: [{ action_id: 'riposte_acknowledge', value, type: 'button' }],
  response_url: 'https://hooks.slack.com/actions/T1/1/x',
};

function signed(payload: unknown, at = seconds, secret = signingSecret) {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const rawBody = `payload=${encodeURIComponent(text)}`;
  const hex = createHmac('sha256', secret).update(`v0:${at}:${rawBody}`).digest('hex');
  const headers = { 'X-Slack-Request-Timestamp': `${at}`, 'x-slack-signature': `v0=${hex}` };
  return { headers, rawBody, now, signingSecret };
}

describe('acknowledgeFromSlack', () => {
  it('reads who acknowledges what', () => {
    expect(acknowledgeFromSlack(signed(click))).toEqual({
      acknowledgement: {
        ...{ groupKey: 'soc/S3.2', messageId: 'm-1', by: { id: 'U1', name: 'ada' } },
        responseUrl: click.response_url,
      },
    });
  });

  it('reads the button that a message carries', () => {
    const message = notification();
    const button = slackBlocks(message)
      .flatMap((block) => (block.type === 'actions' ? block.elements : []))
      .map(({ action_id, value: held }) => ({ action_id, value: held }));
    expect(acknowledgeFromSlack(signed({ ...click, actions: button }))).toMatchObject({
      acknowledgement: { groupKey: message.groupKey, messageId: message.id },
    });
  });

  it('verifies the example of Slack', () => {
    const rawBody =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const headers = {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    };
    const at = new Date(1531420618_000);
    expect(acknowledgeFromSlack({ headers, rawBody, now: at, signingSecret })).toEqual({
      refusal: { status: 400, reason: 'the payload is none of an interaction' },
    });
  });

  it.each([
    ['another key', signed(click, seconds, 'f'.repeat(32)), 'does not match'],
    ['an old time', signed(click, seconds - 301), 'five minutes'],
    ['a time to come', signed(click, seconds + 301), 'five minutes'],
    ['another body', { ...signed(click), rawBody: 'payload={}' }, 'does not match'],
    ['no headers', { ...signed(click), headers: {} }, 'timestamp is missing'],
    ['no key', { ...signed(click, seconds, ''), signingSecret: '' }, 'secret is missing'],
    ['a huge body', { ...signed(click), rawBody: 'x'.repeat(500_001) }, 'too long'],
  ])('does not believe a request with %s', (_, request, reason) => {
    expect(acknowledgeFromSlack(request)).toEqual({
      refusal: { status: 401, reason: expect.stringContaining(reason) },
    });
  });

  it('believes no signature but the right one', () => {
    const request = signed(click);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^v0=[0-9a-f]{64}$/)), (signature) => {
        const headers = { ...request.headers, 'x-slack-signature': signature };
        expect(acknowledgeFromSlack({ ...request, headers })).toMatchObject({
          refusal: { status: 401 },
        });
      }),
    );
  });

  it.each([
    ['', 400],
    [{ type: 'block_actions' }, 400],
    [{ ...click, actions: [{ action_id: 'riposte_acknowledge', value: 'x' }] }, 400],
    [{ ...click, actions: [{ action_id: 'other', value }] }, 200],
    [{ ...click, actions: [] }, 200],
    [{ ...click, type: 'view_submission' }, 200],
  ])('finds no acknowledgement in %j', (payload, status) => {
    expect(acknowledgeFromSlack(signed(payload))).toMatchObject({ refusal: { status } });
  });

  it('makes names visible', () => {
    const user = { id: 'U1', username: 'a\nb\u202e' };
    expect(acknowledgeFromSlack(signed({ ...click, user }))).toMatchObject({
      acknowledgement: { by: { name: 'a\\u{a}b\\u{202e}' } },
    });
  });
});

const acknowledgement: Acknowledgement = {
  ...{ groupKey: 'soc/S3.2', messageId: 'm-1', by: { id: 'U1', name: 'ada' } },
};

function world(outcome: AcknowledgeOutcome, answer = async (_words: string) => {}) {
  const noted: unknown[] = [];
  const said: string[] = [];
  const ports = {
    groups: {
      async acknowledge(...what: readonly unknown[]) {
        noted.push(what);
        return outcome;
      },
    },
    answer: async (_: Acknowledgement, words: string) => {
      said.push(words);
      await answer(words);
    },
    now: () => now,
  };
  return { ports, noted, said };
}

describe('acknowledge', () => {
  it('notes who looks after the group, and says so', async () => {
    const { ports, noted, said } = world({ state: 'acknowledged' });
    expect(await acknowledge(acknowledgement, ports)).toEqual({
      ...{ outcome: { state: 'acknowledged' }, answered: true },
    });
    expect(noted).toEqual([[acknowledgement, '2026-05-01T12:00:00.000Z']]);
    expect(said[0]).toMatch(/^You acknowledged this/);
  });

  it.each([
    [{ state: 'already', by: 'ben', at: '2026-05-01' }, 'ben acknowledged this at 2026-05-01.'],
    [{ state: 'closed' }, 'resolved already'],
    [{ state: 'unknown' }, 'does not know'],
  ] as const)('says what %j means', async (outcome, words) => {
    const { ports, said } = world(outcome);
    await acknowledge(acknowledgement, ports);
    expect(said[0]).toContain(words);
  });

  it('counts although the person cannot be told', async () => {
    const { ports } = world({ state: 'acknowledged' }, () => Promise.reject(new Error('gone')));
    expect(await acknowledge(acknowledgement, ports)).toMatchObject({ answered: false });
  });
});

describe('the answer in Slack', () => {
  it('is seen by the person alone, and no markup', async () => {
    const receiver = await startReceiver(() => ({ body: 'ok' }));
    const answer = slackAnswer('soc');
    await answer({ ...acknowledgement, responseUrl: `${receiver.url}/actions` }, '<!here> did it');
    await answer(acknowledgement, 'nowhere to say it');
    expect(receiver.requests.map(({ json }) => json)).toEqual([
      {
        ...{ response_type: 'ephemeral', replace_original: false },
        text: '&lt;!here&gt; did it',
      },
    ]);
    await receiver.stop();
  });

  it('is refused where its time is over', async () => {
    const receiver = await startReceiver(() => ({ status: 404, body: 'used_url' }));
    const sent = slackAnswer('soc')({ ...acknowledgement, responseUrl: receiver.url }, 'x');
    await expect(sent).rejects.toThrow('HTTP 404 used_url');
    await receiver.stop();
  });
});
