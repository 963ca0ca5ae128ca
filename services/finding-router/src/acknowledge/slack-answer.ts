import type { SenderOptions } from '../chat/channels.ts';
import { DeliveryRefusedError } from '../errors.ts';
import { requestJson } from '../http/request-json.ts';
import { saidBy } from '../http/said-by.ts';
import { channelText } from '../messages/channel-dialects.ts';
import type { AcknowledgePorts } from './acknowledge.ts';

/**
 * Answers where Slack said that it takes an answer. Only the person who clicked sees it.
 *
 * @param channel name of the channel, for errors.
 * @see https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses
 */
export function slackAnswer(
  channel: string,
  options: SenderOptions = {},
): AcknowledgePorts['answer'] {
  return async ({ responseUrl }, words) => {
    if (responseUrl === undefined) return;
    const { status, text } = await requestJson({
      ...options,
      channel,
      url: responseUrl,
      method: 'POST',
      body: {
        response_type: 'ephemeral',
        replace_original: false,
        text: channelText('slack', words, 500),
      },
    });
    if (status >= 400) {
      const said = `HTTP ${status} ${saidBy(text, [responseUrl])}`;
      throw new DeliveryRefusedError(channel, 'response_url', said);
    }
  };
}
