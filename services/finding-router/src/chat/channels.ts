import type { Channel } from '@riposte/rules';

type ChannelOf<TType extends Channel['type']> = Extract<Channel, { readonly type: TType }>;

export type SlackChannel = ChannelOf<'slack'>;
export type TeamsChannel = ChannelOf<'teams'>;
export type PagerDutyChannel = ChannelOf<'pagerduty'>;
export type WebhookChannel = ChannelOf<'webhook'>;
export type SnsChannel = ChannelOf<'sns'>;

/** How senders ask receivers. */
export interface SenderOptions {
  /** 10 s where absent. */
  readonly timeoutMs?: number;
  readonly now?: () => Date;
}
