import type { Notification } from '../delivery.ts';

/**
 * What people recognise a repeated message by: receivers without a key for duplicates can show a message twice, when a function dies between sending and noting it.
 */
export function messageMark({ id }: Pick<Notification, 'id'>): string {
  return `Riposte message ${id.slice(0, 12)}`;
}
