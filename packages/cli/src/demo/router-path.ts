import type { StageMessage } from '@riposte/local-stage';
import { demoChannels } from './demo-rules.ts';
import type { Act } from './first-path.ts';
import type { DemoTicket, SentFinding } from './router-desk.ts';
import { promised, waitFor } from './wait-for.ts';

/** What a step of the router's chapter works with. */
export type RouterAct = Pick<Act, 'world' | 'facts' | 'say'>;
type World = RouterAct['world'];

const instance = 'i-0a1b2c3d4e5f60718';
/** Findings of another product that are there too. */
const others = 8;
/** How often the same event arrives again. */
const copies = 5;

/** A rule finds out whose the finding's resource is, and what that makes of its severity. */
export async function seeRouted({ world, facts, say }: RouterAct): Promise<SentFinding> {
  await world.router.importOthers(others);
  const sent = await world.router.sendFinding(instance);
  const { providerSeverity, severity, fields } = await waitFor(
    'the finding is raised',
    async () => {
      const finding = await world.finding(sent.id);
      return finding && finding.severity !== finding.providerSeverity ? finding : undefined;
    },
  );
  const { 'riposte:owner': owner = '', 'riposte:team': team = '' } = fields;
  const { 'riposte:risk-score': riskScore = '', 'riposte:risk-why': riskWhy = '' } = fields;
  promised(owner !== '' && riskScore !== '', 'the finding has no owner, or no risk score');
  facts.routed = {
    ...{ findingId: sent.id, providerSeverity, severity, owner, team },
    ...{ riskScore: Number(riskScore), riskWhy },
  };
  say(
    `${providerSeverity} -> ${severity} in Security Hub; owner ${owner}, team ${team}; risk ${riskScore} of 100: ${riskWhy}`,
  );
  return sent;
}

/** One ticket about the finding. */
export async function seeTicket({ world, facts, say }: RouterAct): Promise<true> {
  const ticket = await ticketOf(world, facts.routed?.findingId ?? '');
  facts.ticket = ticket;
  say(`${ticket.key} (${ticket.status}): ${ticket.summary}`);
  return true;
}

/** One message about the finding. */
export async function seeTold({ world, facts, say }: RouterAct): Promise<true> {
  const channel = demoChannels.alerts;
  const { subject = '', message: body } = await messageOn(world, channel);
  facts.told = { channel, subject, body };
  say(subject);
  return true;
}

/** Duplicates are read, and nothing is written, ticketed or told again. */
export async function seeRoutedAgain(
  { world, facts, say }: RouterAct,
  { id, event }: SentFinding,
): Promise<true> {
  await world.settle();
  const [readBefore, writesBefore] = await counters(world);
  await world.deliver(event, copies);
  await waitFor(`the router reads all ${copies} copies`, async () =>
    (await world.router.findingsRead()) >= readBefore + copies ? true : undefined,
  );
  await world.settle();
  const [readAfter, writesAfter] = await counters(world);
  const [read, writes] = [readAfter - readBefore, writesAfter - writesBefore];
  const tickets = (await world.router.tickets(id)).length;
  const messages = (await messagesOn(world, demoChannels.alerts)).length;
  facts.routedAgain = { delivered: copies, read, writes, tickets, messages };
  promised(
    writes === 0 && tickets === 1 && messages === 1,
    `${copies} duplicates led to ${writes} writes, ${tickets} tickets, ${messages} messages`,
  );
  say(`${read} read, ${writes} writes; still one ticket and one message`);
  return true;
}

/** The ticket about a finding, and not two. */
export async function ticketOf({ router }: World, findingId: string): Promise<DemoTicket> {
  const [ticket, ...more] = await waitFor('Jira has a ticket', () =>
    some(router.tickets(findingId)),
  );
  promised(more.length === 0, `${more.length + 1} tickets were made`);
  return ticket;
}

/** The message of a channel, and not two. */
export async function messageOn(world: World, channel: string): Promise<StageMessage> {
  const [message, ...more] = await waitFor(`channel ${channel} is told`, () =>
    some(messagesOn(world, channel)),
  );
  promised(more.length === 0, `channel ${channel} got ${more.length + 1} messages`);
  return message;
}

async function some<T>(list: Promise<readonly T[]>): Promise<readonly [T, ...T[]] | undefined> {
  const [first, ...rest] = await list;
  return first === undefined ? undefined : [first, ...rest];
}

/** The messages of one channel; all of the demo's channels speak over the alerts topic. */
export async function messagesOn(world: World, channel: string): Promise<readonly StageMessage[]> {
  return (await world.messages()).filter(({ attributes }) => attributes.channel === channel);
}

function counters({ router }: World): Promise<readonly [number, number]> {
  return Promise.all([router.findingsRead(), router.writes()]);
}
