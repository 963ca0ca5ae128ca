import * as z from 'zod';
import type { Notification, Sender } from '../delivery.ts';
import { ChannelBusyError, ChannelDownError, DeliveryRefusedError } from '../errors.ts';
import { parseSecret } from '../http/parse-secret.ts';
import { type JsonAnswer, requestJson } from '../http/request-json.ts';
import { saidBy } from '../http/said-by.ts';
import type { SenderOptions, TeamsChannel } from './channels.ts';
import { teamsCard } from './teams-card.ts';

const secretSchema = z.object({ url: z.string().min(1).max(4096) });

/** How Power Automate and Logic Apps say what is wrong. */
const errorSchema = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string().optional() }),
});

/**
 * Posts Adaptive Cards to a Workflows webhook of Teams. The URL is the secret, so errors never hold it. Teams has no key against duplicates
 * and no way to change a card afterwards: a message whose answer was lost appears again, with the same visible mark.
 *
 * @throws {DeliveryRefusedError} for a workflow that is gone, switched off or does not take the card.
 */
export function createTeamsSender(options: SenderOptions = {}): Sender<Notification, TeamsChannel> {
  return async (message, channel, secret) => {
    const { url } = parseSecret(channel.name, secretSchema, secret);
    const answer = await requestJson({
      ...options,
      channel: channel.name,
      url,
      method: 'POST',
      body: teamsCard(message),
    });
    const said = saidBy(wordsOf(answer), [url, ...secretsIn(url)]);
    if (answer.status >= 400) {
      throw new DeliveryRefusedError(channel.name, pathOf(answer.status), said);
    }
    refuseHiddenFailure(channel.name, said);
    return {};
  };
}

/** A connector of the old kind answers 200, and tells in words that Teams did not take the message. */
function refuseHiddenFailure(channel: string, said: string): void {
  const status = Number(/HTTP error (\d{3})/.exec(said)?.[1] ?? 0);
  if (status === 429) throw new ChannelBusyError(channel, 30);
  if (status >= 500) throw new ChannelDownError(channel, `Teams answers HTTP ${status}`);
  if (status >= 400) throw new DeliveryRefusedError(channel, pathOf(status), said);
}

function pathOf(status: number): string {
  return status === 400 || status === 413 ? 'body' : 'secret.url';
}

function wordsOf({ status, json, text }: JsonAnswer): string {
  const parsed = errorSchema.safeParse(json);
  const { code, message = '' } = parsed.success ? parsed.data.error : { code: text };
  return status >= 400 ? `HTTP ${status} ${code} ${message}` : text;
}

/** A receiver can repeat parts of the URL: its signature is what lets somebody send. */
function secretsIn(url: string): readonly string[] {
  if (!URL.canParse(url)) return [];
  const { searchParams, pathname } = new URL(url);
  const long = [...searchParams.values(), ...pathname.split('/')];
  return long.filter((part) => part.length >= 16);
}
