import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Stage } from '@riposte/local-stage';
import { lookSettings } from '../guard/look-settings.ts';

/** URLs of the router's queues. */
export interface RouterQueues {
  /** Those that functions read. */
  readonly own: readonly string[];
  readonly deadLetters: readonly string[];
}

export async function routerQueues(stage: Stage): Promise<RouterQueues> {
  const client = new SQSClient(lookSettings(stage));
  const QueueNamePrefix = 'riposte-finding-router-';
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({ QueueNamePrefix }));
  client.destroy();
  const isForDeadLetters = (url: string) => /-dlq(\.fifo)?$/.test(url);
  return {
    own: QueueUrls.filter((url) => !isForDeadLetters(url)),
    deadLetters: QueueUrls.filter(isForDeadLetters),
  };
}
