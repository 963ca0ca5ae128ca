import type { Channel } from '@riposte/rules';
import * as z from 'zod';
import type { SlackChannel } from '../chat/channels.ts';
import type { Secrets } from '../deliver/ports.ts';
import { DeliveryRefusedError } from '../errors.ts';
import type { SlackApp } from './slack-callback.ts';

const secretSchema = z.looseObject({ signingSecret: z.string().default('') });

/**
 * The Slack apps of a rule set: one for each signing secret, as several secrets may hold that of one app, e.g. with tokens of several workspaces. Channels
 * without a signing secret belong to an app that believes nobody.
 *
 * @throws what reading a secret throws that may be read later.
 */
export async function slackApps(
  channels: readonly Channel[],
  secrets: Secrets,
): Promise<readonly SlackApp[]> {
  const slack = channels.filter((channel): channel is SlackChannel => channel.type === 'slack');
  const bySecret = Map.groupBy(slack, ({ secret }) => secret);
  const apps = new Map<string, readonly string[]>();
  for (const some of bySecret.values()) {
    const [first] = some;
    if (!first) continue;
    const held = secretSchema.safeParse(await secretOf(first, secrets));
    const signingSecret = held.success ? held.data.signingSecret : '';
    const others = apps.get(signingSecret) ?? [];
    apps.set(signingSecret, [...others, ...some.map(({ name }) => name)]);
  }
  return [...apps].map(([signingSecret, names]) => ({ signingSecret, channels: names }));
}

async function secretOf(channel: SlackChannel, secrets: Secrets): Promise<unknown> {
  try {
    return await secrets.read(channel);
  } catch (error) {
    if (error instanceof DeliveryRefusedError) return undefined;
    throw error;
  }
}
