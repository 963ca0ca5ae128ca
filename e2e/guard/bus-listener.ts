import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Stage } from '@riposte/local-stage';
import * as z from 'zod';
import { lookSettings } from './look-settings.ts';

/** A response record as it leaves over Riposte's bus. */
const recorded = z.looseObject({
  source: z.literal('riposte.responses'),
  'detail-type': z.literal('Response Recorded'),
  resources: z.array(z.string()),
  detail: z.looseObject({ id: z.string(), revision: z.number(), status: z.string() }),
});
export type Recorded = z.infer<typeof recorded>;

/** Somebody who subscribes to Riposte's bus, as other services do. */
export interface BusListener {
  /** What was heard of an incident so far. */
  heardOf(incident: string): Promise<readonly Recorded[]>;
  close(): void;
}

/** Sends everything on the bus to a queue of its own. */
export async function listenToBus(stage: Stage, EventBusName: string): Promise<BusListener> {
  const events = new EventBridgeClient(lookSettings(stage));
  const queues = new SQSClient(lookSettings(stage));
  const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: 'bus-listener' }));
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const EventPattern = JSON.stringify({ source: ['riposte.responses'] });
  await events.send(new PutRuleCommand({ Name: 'listen', EventBusName, EventPattern }));
  await events.send(
    new PutTargetsCommand({
      ...{ Rule: 'listen', EventBusName },
      Targets: [{ Id: 'queue', Arn: Attributes?.QueueArn }],
    }),
  );
  events.destroy();
  const heard: Recorded[] = [];
  return {
    async heardOf(incident) {
      for (;;) {
        const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
        const { Messages = [] } = await queues.send(command);
        for (const { Body = '', ReceiptHandle } of Messages) {
          heard.push(recorded.parse(JSON.parse(Body)));
          await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
        if (Messages.length === 0) break;
      }
      return heard.filter(({ detail }) => detail.id === incident);
    },
    close: () => queues.destroy(),
  };
}
