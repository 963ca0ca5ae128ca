import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChannelBusyError, ChannelDownError } from '../errors.ts';
import { type HttpReceiver, type ReceiverAnswer, startReceiver } from '../testing/http-receiver.ts';
import { finding, notification } from '../testing/sample-message.ts';
import type { TeamsChannel } from './channels.ts';
import { teamsCard } from './teams-card.ts';
import { createTeamsSender } from './teams-sender.ts';

const send = createTeamsSender();
const channel: TeamsChannel = { type: 'teams', name: 'soc', secret: 'teams' };
const signature = 'hush-hush-hush-hush';
let receiver: HttpReceiver | undefined;
afterEach(() => receiver?.stop());

async function teams(answer: ReceiverAnswer) {
  const started = await startReceiver(() => answer);
  receiver = started;
  return { secret: { url: `${started.url}/workflows/1?sig=${signature}` }, started };
}

describe('the Teams sender', () => {
  it.each([{ status: 202 }, { status: 200, body: '1' }])(
    'posts an Adaptive Card, and takes %j for a yes',
    async (answer) => {
      const { secret, started } = await teams(answer);
      expect(await send(notification(), channel, secret)).toEqual({});
      expect(started.requests[0]?.path).toBe(`/workflows/1?sig=${signature}`);
      expect(started.requests[0]?.json).toMatchObject({
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: {
              type: 'AdaptiveCard',
              version: '1.5',
              body: [
                { text: 'HIGH: a bucket is public', weight: 'Bolder', color: 'Attention' },
                { text: 'line one', spacing: 'Medium' },
                { text: 'line two', spacing: 'None' },
                { text: 'Riposte message 0123456789ab', isSubtle: true },
              ],
              actions: [{ type: 'Action.OpenUrl', url: finding.url }],
            },
          },
        ],
      });
    },
  );

  it.each([
    [400, 'TriggerInputSchemaMismatch', 'body'],
    [400, 'WorkflowTriggerIsNotEnabled', 'body'],
    [401, 'DirectApiAuthorizationRequired', 'secret.url'],
    [404, 'WorkflowNotFound', 'secret.url'],
  ])('gives up on HTTP %i %s', async (status, code, path) => {
    const message = `no ${signature}`;
    const { secret } = await teams({ status, body: { error: { code, message } } });
    const sent = send(notification(), channel, secret);
    await expect(sent).rejects.toMatchObject({ path });
    await expect(sent).rejects.toThrow(`HTTP ${status} ${code} no [secret]`);
  });

  it('reads failures that an old connector hides in a 200', async () => {
    const words = (status: number) => ({
      body: `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${status} with ContextId tcid=1`,
    });
    const outcomes = [];
    for (const status of [429, 413, 502]) {
      const { secret, started } = await teams(words(status));
      outcomes.push(await send(notification(), channel, secret).catch((error) => error));
      await started.stop();
    }
    expect(outcomes).toEqual([
      new ChannelBusyError('soc', 30),
      expect.objectContaining({ name: 'DeliveryRefusedError', path: 'body' }),
      new ChannelDownError('soc', 'Teams answers HTTP 502'),
    ]);
  });

  it('waits as long as it is asked to', async () => {
    const { secret } = await teams({ status: 429, headers: { 'retry-after': '11' } });
    await expect(send(notification(), channel, secret)).rejects.toEqual(
      new ChannelBusyError('soc', 11),
    );
  });

  it.each([undefined, { url: 1 }, { url: 'http://hush.example/' }, { url: 'hush' }])(
    'refuses %j as secret without quoting it',
    async (secret) => {
      const sent = send(notification(), channel, secret);
      await expect(sent).rejects.toThrow(/^channel soc refused (?!.*hush)/);
    },
  );
});

describe('a card', () => {
  it('stays below 28 KB, whatever the message says', () => {
    const text = fc.constantFrom('x', '\n', '\\*', 'ü', '😀', '\n\n', '"');
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (parts) => {
        const long = parts.join('').repeat(20_000).slice(0, 100_000);
        const card = teamsCard(notification({ title: long, body: long }));
        expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(27_100);
      }),
      { numRuns: 50 },
    );
  });

  it('says that it was cut', () => {
    const card = JSON.stringify(teamsCard(notification({ body: 'line\n'.repeat(5000) })));
    expect(card).toContain('… (cut)');
    expect(card).toContain('Riposte message 0123456789ab');
  });

  it.each([
    [{ status: 'resolved' }, 'Good'],
    [{ status: 'acknowledged' }, 'Default'],
    [{ findings: [{ ...finding, severity: 'LOW' }] }, 'Warning'],
  ] as const)('of %j is %s', (more, color) => {
    expect(JSON.stringify(teamsCard(notification(more)))).toContain(`"color":"${color}"`);
  });

  it('has no action where there is no link', () => {
    expect(JSON.stringify(teamsCard(notification({ findings: [] })))).not.toContain('actions');
  });
});
