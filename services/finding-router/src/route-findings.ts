import {
  type Finding,
  type FindingsEvent,
  findingKey,
  parseEvent,
  UnknownEventError,
} from '@riposte/findings';
import { type Failures, inLanes, type QueueMessage } from '@riposte/lambda';
import { StaleStateError } from './errors.ts';
import type { FindingState } from './finding-state.ts';
import type { RoutePorts } from './ports.ts';
import { readMessages } from './read-message.ts';
import { type Arrived, routeFinding } from './route-finding.ts';

const atOnce = 8;
const attempts = 4;

/**
 * Routes the findings of a batch of events: each finding in the order of its updates, different findings side by side. What failed is told by message,
 * and comes back.
 */
export function routeFindings(ports: RoutePorts) {
  return async (messages: readonly QueueMessage[]): Promise<Failures> => {
    const failures = new Map<string, unknown>();
    const arrivals = readMessages(messages, failures, arrivedIn).flat();
    ports.measure({ name: 'FindingsIn', value: arrivals.length, unit: 'Count' });
    const groups = Map.groupBy(arrivals, ({ finding }) => findingKey(finding));
    const states = await ports.states.read([...groups.keys()]);
    await inLanes([...groups], atOnce, async ([key, group]) => {
      try {
        await routeInOrder(group, states.get(key), ports);
      } catch (error) {
        for (const { messageId } of group) failures.set(messageId, error);
      }
    });
    return failures;
  };
}

/** One finding of one message. */
interface Arrival extends Arrived {
  readonly messageId: string;
}

function arrivedIn({ id, body }: QueueMessage): readonly Arrival[] {
  const event = parseEvent(body);
  if (!isFindings(event)) {
    throw new UnknownEventError(event.envelope.source, event.envelope.detailType);
  }
  const eventTime = event.envelope.time;
  return event.findings.map((finding) => ({ messageId: id, finding, eventTime }));
}

function isFindings(event: ReturnType<typeof parseEvent>): event is FindingsEvent {
  return 'findings' in event && event.type !== 'custom-action';
}

/** Oldest first: by the finding's own time, then by the event's. */
function inTime(left: Arrival, right: Arrival): number {
  const [a, b] = [timeOf(left), timeOf(right)];
  return a < b ? -1 : Number(a > b);
}

function timeOf({ finding, eventTime }: { readonly finding: Finding; readonly eventTime: string }) {
  return `${finding.updatedAt ?? ''}|${eventTime}`;
}

async function routeInOrder(
  group: readonly Arrival[],
  known: FindingState | undefined,
  ports: RoutePorts,
): Promise<void> {
  let state = known;
  for (const arrival of [...group].sort(inTime)) {
    for (let attempt = 1; ; attempt++) {
      try {
        state = await routeFinding(arrival, state, ports);
        break;
      } catch (error) {
        if (!(error instanceof StaleStateError) || attempt === attempts) throw error;
        const key = findingKey(arrival.finding);
        state = (await ports.states.read([key])).get(key);
      }
    }
  }
}
