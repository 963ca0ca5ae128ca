import {
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  type SNSClient,
} from '@aws-sdk/client-sns';
import { isArn, type ResponseMessage } from '@riposte/findings';

/** Sends messages to one topic, as the outbox would. */
export function topicSpeaker(client: SNSClient, topicArn: string) {
  return async ({ subject, body, attributes }: ResponseMessage): Promise<void> => {
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: subject,
        Message: body,
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [
            name,
            { DataType: 'String', StringValue: value },
          ]),
        ),
      }),
    );
  };
}

/**
 * How many subscriptions of a topic are confirmed. A pending one has no ARN yet and receives nothing.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
export async function confirmedSubscriptions(client: SNSClient, topicArn: string): Promise<number> {
  let confirmed = 0;
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken }),
    );
    const arns = (page.Subscriptions ?? []).map(({ SubscriptionArn }) => SubscriptionArn ?? '');
    confirmed += arns.filter(isArn).length;
    NextToken = page.NextToken;
  } while (NextToken);
  return confirmed;
}
