import { digest } from '@riposte/findings';
import * as z from 'zod';
import { StaleStateError } from './errors.ts';
import type { FindingState, FindingStates } from './finding-state.ts';
import { ownObject, readMessage } from './read-message.ts';
import { expiryAfter, type Key, type Table } from './table.ts';

/** Findings that were not heard of for so long are forgotten. */
const keptDays = 400;

/** `FindingStates` in the router's table: one item a finding. */
export function dynamoStates(table: Table, clock: () => Date): FindingStates {
  return {
    async read(keys) {
      const items = await table.getAll([...new Set(keys)].map(itemKey));
      const states = items.map((item) => readMessage(stateSchema, item));
      return new Map(states.map((state) => [state.key, state]));
    },
    async write(state) {
      const item = { ...state, expiresAt: expiryAfter(keptDays, clock()) };
      const put = { key: itemKey(state.key), item, onVersion: state.version - 1 };
      if (!(await table.putAll([put]))) throw new StaleStateError(state.key);
    },
    async sent({ key, version }) {
      // Where somebody has written on top, what was pending was read and sent by them too, with the same ids.
      await table.set(itemKey(key), { pending: [] }, { onVersion: version });
    },
  };
}

/** The key of a finding's item. */
export function itemKey(key: string): Key {
  return { pk: `finding#${digest(key)}`, sk: 'state' };
}

const text = z.string();
const effectSchema = z.object({
  kind: z.enum(['update', 'notify', 'ticket', 'evidence', 'action']),
  format: z.enum(['asff', 'ocsf', 'guardduty']),
  fingerprint: text,
  version: z.number().exactOptional(),
  channel: text.exactOptional(),
  key: text.exactOptional(),
  open: z.boolean().exactOptional(),
});
const messageSchema = z.object({
  queue: z.enum([
    ...(['updates', 'alerts', 'jira', 'servicenow', 'actions', 'evidence'] as const),
    ...(['sns', 'slack', 'teams', 'pagerduty', 'webhook'] as const),
  ]),
  id: text,
  group: text,
  body: z.record(text, z.unknown()),
});
const stands = z.enum(['open', 'acknowledged', 'resolved']).exactOptional();
const lifeSchema = z.object({
  openSince: text.exactOptional(),
  acknowledged: z.boolean(),
  stands: z.object({ asff: stands, ocsf: stands, guardduty: stands }),
});
const seen = z.object({ updatedAt: text, eventTime: text }).exactOptional();
const stateSchema: z.ZodType<FindingState> = z.object({
  key: text,
  version: z.number(),
  seen: z.object({ asff: seen, ocsf: seen, guardduty: seen }),
  firstSeen: text,
  life: lifeSchema,
  facts: ownObject<FindingState['facts']>(),
  effects: z.record(text, effectSchema),
  pending: z.array(messageSchema),
});
