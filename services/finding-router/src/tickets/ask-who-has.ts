import type { Measure } from '@riposte/lambda';
import { channelNamed } from '../deliver/channel-named.ts';
import type { ChannelHealth, Secrets } from '../deliver/ports.ts';
import { sendWithSecret } from '../deliver/send-with-secret.ts';
import type { AskedTicket, AskHeld, HeldTicket } from './held-ticket.ts';
import type { JiraChannel, ServiceNowChannel, TicketChannel } from './ticket-deps.ts';

/** What asking ticket systems needs from the outside. */
export interface AskPorts {
  readonly jira: AskHeld<JiraChannel>;
  readonly servicenow: AskHeld<ServiceNowChannel>;
  readonly secrets: Secrets;
  /** How channels are, by their type. */
  readonly health: Readonly<Record<TicketChannel['type'], ChannelHealth>>;
  measure(measure: Measure): void;
  /** Why a channel could not be asked. */
  note(message: string, facts: Readonly<Record<string, string>>): void;
}

/** Who has some tickets of a channel, by reference. Undefined where nobody could say. */
export type AskWhoHas = (
  tickets: readonly AskedTicket[],
  channel: TicketChannel,
) => Promise<ReadonlyMap<string, HeldTicket> | undefined>;

/**
 * Asks a ticket system who has tickets. One that is away, busy, given a pause, or that refuses has not said it, which is no error here: whoever asks
 * knows what to do without. Asking counts for the health of the channel as delivering does.
 */
export function askWhoHas(ports: AskPorts): AskWhoHas {
  return async (tickets, channel) => {
    try {
      const held = await asked(tickets, channel, ports);
      return new Map(held.map((one) => [one.reference, one]));
    } catch (error) {
      const [errorName, said] =
        error instanceof Error ? [error.name, error.message] : ['unknown', ''];
      ports.note('nobody says who has tickets', { channel: channel.name, errorName, said });
      const dimensions = { channelType: channel.type };
      ports.measure({ name: 'TicketsNotRead', value: tickets.length, unit: 'Count', dimensions });
      return undefined;
    }
  };
}

async function asked(
  tickets: readonly AskedTicket[],
  channel: TicketChannel,
  ports: AskPorts,
): Promise<readonly HeldTicket[]> {
  const { name, type } = channel;
  const complete = channelNamed(name, type, { resolveChannel: () => channel });
  const ask = await sendWithSecret(complete, ports.secrets);
  const health = ports.health[type];
  const turn = await health.admit(name);
  let held: readonly HeldTicket[];
  try {
    held = await ask((secret) =>
      complete.type === 'jira'
        ? ports.jira(tickets, complete, secret)
        : ports.servicenow(tickets, complete, secret),
    );
  } catch (error) {
    await health.failed(turn, error);
    throw error;
  }
  // Whether a channel that was away takes tickets again, no question tells: the next message finds out.
  if (turn.isProbe) await health.failed(turn, undefined);
  else await health.worked(turn);
  return held;
}
