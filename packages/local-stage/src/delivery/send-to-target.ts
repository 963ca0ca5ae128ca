import { setTimeout as sleep } from 'node:timers/promises';
import type { Rule, Target } from '@aws-sdk/client-eventbridge';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { PublishCommand } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { type Arn, isArn, parseArn } from '@riposte/findings';
import type { StageClients } from '../clients.ts';
import { targetInput } from './target-input.ts';
import type { ServiceEvent, TargetDelivery, TargetOutcome } from './types.ts';

interface Sending {
  readonly rule: Rule;
  readonly target: Target;
  readonly event: ServiceEvent;
}

/** EventBridge itself tries for a day; nobody at a laptop waits that long. */
const mostRetries = 3;
const hopeless = new Set([
  'ResourceNotFoundException',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'NotFoundException',
  'AccessDeniedException',
]);

/** Sends a matched event to one target that is not a bus, with the target's retries and dead-letter queue. */
export async function sendToTarget(
  clients: StageClients,
  sending: Sending,
): Promise<TargetDelivery> {
  const { rule, target, event } = sending;
  const done = (outcome: TargetOutcome, attempts: number, note?: string): TargetDelivery => ({
    ruleArn: rule.Arn ?? '',
    targetId: target.Id ?? '',
    targetArn: target.Arn ?? '',
    outcome,
    attempts,
    ...(note !== undefined && { note }),
  });
  const arn = isArn(target.Arn ?? '') ? parseArn(target.Arn ?? '') : undefined;
  const send = arn && senders[arn.service];
  if (!arn || !send) return done('ignored', 0, `the stage plays no target of ${arn?.service}`);
  const input = targetInput(target, event, rule.Arn ?? '');
  const retries = Math.min(target.RetryPolicy?.MaximumRetryAttempts ?? mostRetries, mostRetries);
  const { attempts, error } = await tried(
    () => send({ clients, arn, target, input, event }),
    retries,
  );
  if (!error) return done('delivered', attempts);
  const note = `${error.name}: ${error.message}`;
  const queue = target.DeadLetterConfig?.Arn;
  if (queue === undefined) return done('dropped', attempts, note);
  await deadLetter(clients, queue, { ...sending, error, attempts });
  return done('dead-lettered', attempts, note);
}

async function tried(
  send: () => Promise<unknown>,
  retries: number,
): Promise<{ readonly attempts: number; readonly error?: Error }> {
  for (let attempt = 1; ; attempt++) {
    const error = await send().then(() => undefined, asError);
    if (!error) return { attempts: attempt };
    if (attempt > retries || hopeless.has(error.name)) return { attempts: attempt, error };
    await sleep(100 * 2 ** attempt);
  }
}

interface Sent {
  readonly clients: StageClients;
  readonly arn: Arn;
  readonly target: Target;
  readonly input: string;
  readonly event: ServiceEvent;
}

const senders: Readonly<Record<string, (sent: Sent) => Promise<unknown>>> = {
  lambda: ({ clients, arn, target, input }) =>
    clients.lambda(arn).send(
      new InvokeCommand({
        FunctionName: target.Arn,
        InvocationType: 'Event',
        Payload: Buffer.from(input),
      }),
    ),
  sqs: ({ clients, arn, target, input, event }) => {
    const group = target.SqsParameters?.MessageGroupId;
    return sendMessage(clients, arn, {
      MessageBody: input,
      ...(group !== undefined && { MessageGroupId: group, MessageDeduplicationId: event.id }),
    });
  },
  sns: ({ clients, arn, target, input }) =>
    clients.sns(arn).send(new PublishCommand({ TopicArn: target.Arn, Message: input })),
};

async function sendMessage(
  clients: StageClients,
  arn: Arn,
  message: Omit<ConstructorParameters<typeof SendMessageCommand>[0], 'QueueUrl'>,
): Promise<void> {
  const client = clients.sqs(arn);
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: arn.resource }));
  await client.send(new SendMessageCommand({ ...message, QueueUrl }));
}

/**
 * Puts an event that could not be delivered into the target's dead-letter queue, with the attributes that EventBridge sets.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
async function deadLetter(
  clients: StageClients,
  queue: string,
  failed: Sending & { readonly error: Error; readonly attempts: number },
): Promise<void> {
  const attributes = {
    RULE_ARN: failed.rule.Arn,
    TARGET_ARN: failed.target.Arn,
    ERROR_CODE: errorCodeOf(failed.error),
    ERROR_MESSAGE: failed.error.message || failed.error.name,
    RETRY_ATTEMPTS: String(failed.attempts - 1),
    ...(failed.attempts > 1 && { EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts' }),
  };
  await sendMessage(clients, parseArn(queue), {
    MessageBody: JSON.stringify(failed.event),
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [
        name,
        { DataType: 'String', StringValue: value ?? '' },
      ]),
    ),
  });
}

function errorCodeOf({ name }: Error): string {
  if (name === 'AccessDeniedException') return 'NO_PERMISSIONS';
  return hopeless.has(name) ? 'NO_RESOURCE' : 'SDK_CLIENT_ERROR';
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new TypeError(String(error));
}
