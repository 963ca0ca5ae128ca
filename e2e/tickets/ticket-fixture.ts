import type { Receipt, TicketCommand } from '@riposte/service-finding-router/src/delivery.ts';
import type { TicketDeps } from '@riposte/service-finding-router/src/tickets/ticket-deps.ts';

export const finding: TicketCommand['finding'] = {
  key: '111122223333/eu-west-1/guardduty/f-1',
  format: 'asff',
  id: 'f-1',
  title: 'Crypto mining',
  severity: 'CRITICAL',
  accountId: '111122223333',
  region: 'eu-west-1',
  resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
  rule: 'incident',
  url: 'https://eu-west-1.console.aws.amazon.com/securityhub/home?region=eu-west-1#/findings?search=Id%3Df-1',
  since: '2026-05-01T12:00:00Z',
};

/** A command that opens a ticket, or what `more` makes of it; its id tells action and comment. */
function commandOf(more: Partial<TicketCommand>): TicketCommand {
  const action = more.action ?? 'open';
  return {
    id: `${action} ${more.comment ?? ''}`,
    channel: 'tracker',
    ticketKey: 'ticket-1',
    action,
    title: 'CRITICAL: Crypto mining',
    body: 'Severity: CRITICAL\nAccount: 111122223333\n\nIsolate it.',
    finding,
    at: new Date().toISOString(),
    ...more,
  };
}

/** Sends commands by a channel with a secret, or by what the test makes of them. */
export function sending<TChannel>(
  sender: (command: TicketCommand, channel: TChannel, secret: unknown) => Promise<Receipt>,
  settings: TChannel,
  right: unknown,
) {
  return (
    more: Partial<TicketCommand> = {},
    channel: Partial<TChannel> = {},
    secret: unknown = right,
  ): Promise<Receipt> => sender(commandOf(more), { ...settings, ...channel }, secret);
}

/** Real time, and no patience: tests set what they look at. */
export const deps: TicketDeps = {
  now: () => new Date(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  timeoutMs: 2_000,
  lookAgain: [],
};

/** What a promise fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it did not fail');
}

/** Tries as a queue does, so many milliseconds apart, and not where it cannot help. */
export async function untilSent(send: () => Promise<Receipt>, apart = 0): Promise<Receipt> {
  for (let tries = 0; tries < 50; tries += 1) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'DeliveryRefusedError') throw error;
      await deps.wait(apart);
    }
  }
  throw new Error('not sent in 50 tries');
}
