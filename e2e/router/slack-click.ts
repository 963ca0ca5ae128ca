import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  const said: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    said.push(String(Object(JSON.parse(Buffer.concat(chunks).toString('utf8'))).text));
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const payload = {
      type: 'block_actions',
      user: { id: 'U1', username: 'ada' },
      actions: [{ action_id: 'riposte_acknowledge', value }],
      response_url: `http://127.0.0.1:${portOf(server.address())}/actions`,
    };
    const answer = await runs.invoke('acknowledge', signed(payload, secret));
    return { status: Object(answer).statusCode, said };
  } finally {
    await new Promise((resolve) => server.close(resolve));
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

function portOf(address: string | AddressInfo | null): number {
  if (typeof address === 'object' && address) return address.port;
  throw new RangeError('the server listens nowhere');
}
