import { type Failures, inOrder, type QueueMessage } from '@riposte/lambda';
import { OutOfTimeError } from '../errors.ts';

/** What an invocation knows of its time. */
export interface TimeLeft {
  getRemainingTimeInMillis(): number;
}

/**
 * Deals with messages in the order of their groups, and begins none in the second half of the function's time: a receiver that answers slowly would
 * otherwise have the function killed in the middle of a message, which is then sent twice.
 *
 * @example
 * export const handler = queueHandler(whileTimeLasts(deliver({ kind: tickets, channelType: 'jira', sender, ports })));
 */
export function whileTimeLasts(run: (message: QueueMessage) => Promise<unknown>) {
  return (messages: readonly QueueMessage[], context: TimeLeft): Promise<Failures> => {
    const enough = context.getRemainingTimeInMillis() / 2;
    return inOrder(async (message) => {
      if (context.getRemainingTimeInMillis() < enough) throw new OutOfTimeError();
      await run(message);
    })(messages);
  };
}
