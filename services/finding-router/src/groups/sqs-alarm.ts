import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Alarm } from './ports.ts';

/** The most that SQS delays a message, in seconds. */
const longest = 900;

/**
 * `Alarm` by a message that SQS holds back. What is further ahead is found by the schedule, each minute.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html (`DelaySeconds`)
 */
export function sqsAlarm(client: SQSClient, QueueUrl: string, clock: () => Date): Alarm {
  return {
    async wake(groupKey, at) {
      const DelaySeconds = Math.max(0, Math.ceil((Date.parse(at) - clock().getTime()) / 1000));
      if (DelaySeconds > longest) return;
      const MessageBody = JSON.stringify({ kind: 'wake', groupKey });
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));
    },
  };
}
