import { createHash } from 'node:crypto';
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Systems } from './act.ts';
import type { ActionCommand } from './action-command.ts';

/** Clients of the systems, and Riposte's own bus. */
export interface SystemClients {
  readonly eventBridge: EventBridgeClient;
  readonly eventBusName: string;
  readonly lambda: LambdaClient;
  readonly sqs: SQSClient;
}

/** `Systems` on AWS. */
export function awsSystems(clients: SystemClients): Systems {
  return {
    requestRemediation: (command, action) =>
      putEvent(clients.eventBridge, {
        EventBusName: clients.eventBusName,
        Source: 'riposte.router',
        DetailType: 'Remediation Requested',
        Detail: JSON.stringify({ ...routed(command), action }),
      }),
    publish: (command, EventBusName, DetailType) =>
      putEvent(clients.eventBridge, {
        EventBusName,
        Source: 'riposte.router',
        DetailType,
        Detail: handedOn(command),
      }),
    async invoke(command, FunctionName) {
      const Payload = handedOn(command);
      await clients.lambda.send(
        new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }),
      );
    },
    async enqueue(command, QueueUrl) {
      const { id, finding } = command;
      const MessageBody = handedOn(command);
      const ordered = { MessageGroupId: hashOf(finding.key), MessageDeduplicationId: id };
      await clients.sqs.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody,
          ...(QueueUrl.endsWith('.fifo') && ordered),
        }),
      );
    },
  };
}

/** What receivers learn besides the document. */
function routed({ id, rule, finding, at }: ActionCommand): object {
  return { schemaVersion: 1, id, rule, finding, at };
}

/** Queues, buses and functions take 1 MB (1,048,576 bytes), an event's other members included. */
const mostBytes = 1_000_000;

/** With the document; where that is too large for any of them, what it is known by: whoever needs it reads the finding. */
function handedOn(command: ActionCommand): string {
  const { document } = command;
  const whole = JSON.stringify({ ...routed(command), document });
  if (Buffer.byteLength(whole) <= mostBytes) return whole;
  const text = JSON.stringify(document);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const documentLeftOut = { bytes: Buffer.byteLength(text), sha256 };
  return JSON.stringify({ ...routed(command), documentLeftOut });
}

async function putEvent(
  client: EventBridgeClient,
  Entry: {
    readonly EventBusName: string;
    readonly Source: string;
    readonly DetailType: string;
    readonly Detail: string;
  },
): Promise<void> {
  const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [Entry] }));
  const code = Entries[0]?.ErrorCode;
  if (code !== undefined)
    throw new TypeError(`${Entry.EventBusName} did not take the event: ${code}`);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
