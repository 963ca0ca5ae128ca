import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { lookSettings } from '../guard/look-settings.ts';
import { routerQueues } from './router-queues.ts';
import type { RouterWorld } from './router-world.ts';

const counts = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** Messages in the router's queues, those that wait included; dead letters are not. */
async function inQueues({ stage }: RouterWorld): Promise<number> {
  const { own } = await routerQueues(stage);
  const client = new SQSClient(lookSettings(stage));
  try {
    const waiting = await Promise.all(
      own.map(async (QueueUrl) => {
        const { Attributes = {} } = await client.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counts] }),
        );
        return counts.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
      }),
    );
    return waiting.reduce((sum, one) => sum + one, 0);
  } finally {
    client.destroy();
  }
}

/** Lets the minutes pass until nothing waits any more. @returns how many minutes it took. */
export async function untilDone(world: RouterWorld, limitMs: number): Promise<number> {
  const until = Date.now() + limitMs;
  for (let rounds = 1; ; rounds++) {
    for (let left = 1; left > 0; left = await inQueues(world)) {
      if (Date.now() > until) throw new RangeError(`${left} messages wait after ${limitMs} ms`);
      await sleep(500);
    }
    await world.quiet();
    // The schedule of each minute, for what was not woken.
    const told = await world.runs.invoke('tell-due', {}).catch(() => 1);
    if (told === 0 && (await inQueues(world)) === 0) return rounds;
    if (Date.now() > until) throw new RangeError(`not done after ${limitMs} ms`);
  }
}
