import { createHmac } from 'node:crypto';

/** A click on the button of a message. */
export interface SlackClick {
  /** What the button carries. */
  readonly value: string;
  /** Where the person is answered. */
  readonly responseUrl: string;
  readonly signingSecret: string;
  readonly at: Date;
}

/** What Slack sends about a click, signed, as a function URL hands it on. */
export function slackClick({ value, responseUrl, signingSecret, at }: SlackClick): object {
  const payload = {
    type: 'block_actions',
    user: { id: 'U1', username: 'ada' },
    actions: [{ action_id: 'riposte_acknowledge', value }],
    response_url: responseUrl,
  };
  const body = `payload=${encodeURIComponent(JSON.stringify(payload))}`;
  const time = Math.floor(at.getTime() / 1000);
  const hex = createHmac('sha256', signingSecret).update(`v0:${time}:${body}`).digest('hex');
  return {
    version: '2.0',
    headers: { 'x-slack-request-timestamp': `${time}`, 'x-slack-signature': `v0=${hex}` },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
}
