import type { Notification } from '../delivery.ts';

/** What a template can say: a notification before it has words. */
export type MessageData = Omit<Notification, 'id' | 'title' | 'body' | 'reference'>;

/** Liquid templates of a channel or rule. */
export interface MessageTemplates {
  readonly title?: string;
  readonly body?: string;
}

/** The words of a notification, escaped for the channel's type: senders put them in as they are. */
export interface MessageText {
  /** One line. */
  readonly title: string;
  readonly body: string;
  /** Why the default templates were used instead of the given ones. */
  readonly problem?: string;
}
