import { demoChannels, waitingRule } from './demo-rules.ts';
import { messageOn, messagesOn, type RouterAct, ticketOf } from './router-path.ts';
import { promised, waitFor } from './wait-for.ts';

const nextInstance = 'i-0f9e8d7c6b5a43210';
const { onCall } = demoChannels;

/** What a rule would do, before it does anything. */
export async function seePreview({ world, facts, say }: RouterAct): Promise<true> {
  const { gaps, ...preview } = await world.router.preview(waitingRule);
  const { findings, matched, changes, told } = preview;
  facts.preview = { rule: waitingRule, ...preview };
  promised(gaps.length === 0, `not all could be previewed: ${gaps.join('; ')}`);
  promised(matched > 0, `${waitingRule} would match none of ${findings} findings`);
  const [finding, messages] = await Promise.all([
    world.finding(facts.routed?.findingId ?? ''),
    messagesOn(world, onCall),
  ]);
  promised(
    finding?.severity === facts.routed?.severity && messages.length === 0,
    'the preview has done something',
  );
  say(
    [
      `would match ${matched} of ${findings} findings`,
      ...changes.map(({ field, before, after }) => `change ${field} ${before} -> ${after}`),
      ...told.map(({ channel, findings: count }) => `tell ${channel} of ${count}`),
    ].join(', '),
  );
  return true;
}

/** The next finding is treated as the preview has said. */
export async function seeEffect({ world, facts, say }: RouterAct): Promise<true> {
  const { id } = await world.router.sendFinding(nextInstance);
  const wanted = facts.preview?.changes.find(({ field }) => field === 'severity')?.after;
  const { severity, providerSeverity } = await waitFor(
    `the next finding becomes ${wanted}`,
    async () => {
      const finding = await world.finding(id);
      return finding?.severity === wanted ? finding : undefined;
    },
  );
  const { subject = '' } = await messageOn(world, onCall);
  const { key: ticket } = await ticketOf(world, id);
  await world.settle();
  const messages = (await messagesOn(world, onCall)).length;
  const tickets = (await world.router.tickets(id)).length;
  facts.takesEffect = {
    ...{ findingId: id, providerSeverity, severity },
    ...{ channel: onCall, subject, messages, ticket, tickets },
  };
  promised(
    messages === 1 && tickets === 1,
    `${messages} messages and ${tickets} tickets, not one each`,
  );
  say(`${providerSeverity} -> ${severity}; ticket ${ticket}; ${onCall} is told: ${subject}`);
  return true;
}
