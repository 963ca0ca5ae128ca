import type { QueueMessage } from '@riposte/lambda';
import type { Alert } from '@riposte/notifications';
import type { Notify } from '@riposte/rules';
import * as z from 'zod';
import type { AlertMessage } from '../alert-step.ts';
import { ownObject, readMessage } from '../read-message.ts';

const text = z.string();
const alertSchema = z.custom<Alert>(
  (value) => z.looseObject({ key: text, channel: text, updatedAt: text }).safeParse(value).success,
);

const alertMessage: z.ZodType<AlertMessage> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('alert'),
    notify: ownObject<Notify>(),
    rule: text,
    alert: alertSchema,
  }),
  z.object({ kind: z.literal('withdraw'), alertKey: text, at: text }),
]);
const wakeMessage = z.object({ kind: z.literal('wake'), groupKey: text });

/** Hands alerts of the alerts queue to whoever takes them in. */
export function eachAlert(takeIn: (message: AlertMessage) => Promise<void>) {
  return ({ body }: QueueMessage): Promise<void> => takeIn(readMessage(alertMessage, body));
}

/** Hands the groups that were woken to whoever tells of them. */
export function eachWoken(tell: (groupKey: string) => Promise<void>) {
  return ({ body }: QueueMessage): Promise<void> => tell(readMessage(wakeMessage, body).groupKey);
}
