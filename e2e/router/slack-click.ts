import { createHmac } from 'node:crypto';
import { startDouble } from '@riposte/local-stage';
import { slackSigningSecret } from './channels-file.ts';
import type { RouterWorld } from './router-world.ts';

/** What a click came to: how the function answered, and what the person was told. */
export interface Clicked {
  readonly status: unknown;
  readonly said: readonly string[];
}

/** The value of the button of a message in Slack. */
export function buttonOf({ blocks }: { readonly blocks: readonly unknown[] }): string | undefined {
  const elements = blocks.flatMap((block): readonly unknown[] => Object(block).elements ?? []);
  return elements
    .map((element): unknown => Object(element).value)
    .find((value) => typeof value === 'string');
}

/** Somebody clicks a button: Slack calls the function, as its URL would hand the request on. */
export async function clickButton(
  { runs }: RouterWorld,
  value: string,
  secret = slackSigningSecret,
): Promise<Clicked> {
  const slack = await startDouble(() => ({ status: 200, body: 'ok' }));
  try {
    const payload = {
      type: 'block_actions',
      user: { id: 'U1', username: 'ada' },
      actions: [{ action_id: 'riposte_acknowledge', value }],
      response_url: `${slack.url}/actions`,
    };
    const answer = await runs.invoke('acknowledge', signed(payload, secret));
    const said = slack.requests().map(({ body }) => String(Object(JSON.parse(body)).text));
    return { status: Object(answer).statusCode, said };
  } finally {
    await slack.stop();
  }
}

function signed(payload: object, secret: string): object {
  const body = `payload=${encodeURIComponent(JSON.stringify(payload))}`;
  const at = Math.floor(Date.now() / 1000);
  const hex = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return {
    version: '2.0',
    headers: { 'x-slack-request-timestamp': `${at}`, 'x-slack-signature': `v0=${hex}` },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
}
