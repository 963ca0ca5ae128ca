import { digest } from '@riposte/findings';

/** Steps of one ticket of a channel keep their order. */
export function ticketOrder(channel: string | undefined, ticketKey: string | undefined): string {
  return digest(channel, ticketKey);
}

/** Messages of one group of alerts to a channel keep their order. */
export function messageOrder(channel: string | undefined, groupKey: string | undefined): string {
  return `${channel} ${groupKey}`;
}

/** The message group of SQS in which what belongs together keeps its order: of a length and of characters that SQS takes, whatever the names hold. */
export function orderGroup(order: string | undefined): string {
  return digest(order);
}
