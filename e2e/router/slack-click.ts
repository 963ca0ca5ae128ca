import { startDouble } from '@riposte/local-stage';
import { slackClick } from '@riposte/service-finding-router/src/testing/slack-click.ts';
import { credentials } from './channels-file.ts';
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
  signingSecret: string = credentials.slack.signingSecret,
): Promise<Clicked> {
  const slack = await startDouble(() => ({ status: 200, body: 'ok' }));
  try {
    const responseUrl = `${slack.url}/actions`;
    const click = slackClick({ value, responseUrl, signingSecret, at: new Date() });
    const answer = await runs.invoke('acknowledge', click);
    const said = slack.requests().map(({ body }) => String(Object(JSON.parse(body)).text));
    return { status: Object(answer).statusCode, said };
  } finally {
    await slack.stop();
  }
}
