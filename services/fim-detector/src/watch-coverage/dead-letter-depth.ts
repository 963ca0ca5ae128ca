import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** How many dead letters wait for a person. Needs `sqs:GetQueueAttributes`. */
export async function deadLetterDepth(queue: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes } = await queue.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}
