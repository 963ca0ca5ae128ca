import type { Finding } from '@riposte/findings';
import type { Measure, QueueMessage } from '@riposte/lambda';
import type { Action, Channel, Rule, RuleSet } from '@riposte/rules';
import { importedEvent, importedV2Event } from '@riposte/testing';
import { dynamoDocuments } from '../documents/dynamo-documents.ts';
import type { LargeDocuments } from '../documents/large-documents.ts';
import type { Matched } from '../effects.ts';
import { OutletError, StaleStateError } from '../errors.ts';
import type { FindingState, QueuedMessage } from '../finding-state.ts';
import type { RoutedFinding } from '../measure-routed.ts';
import type { RoutePorts } from '../ports.ts';
import { routeFindings } from '../route-findings.ts';
import { MemoryTable } from './memory-table.ts';

/** What a test says of the rules: for each rule, whether it matches and what it does. */
export interface RouteWorld {
  readonly ports: RoutePorts;
  readonly states: Map<string, FindingState>;
  /** Documents that did not go along. */
  readonly documents: LargeDocuments;
  readonly table: MemoryTable;
  /** What has left, in order. */
  readonly sent: QueuedMessage[];
  readonly measures: Measure[];
  readonly logged: RoutedFinding[];
  /** The next so many sends fail. */
  failSends: number;
  /** The next so many times, somebody else writes the state first. */
  overtake: number;
  now: Date;
  /** Routes events, each as a message of its own. */
  route(...events: readonly unknown[]): Promise<ReadonlyMap<string, unknown>>;
}

export const channels: readonly Channel[] = [
  { name: 'soc', type: 'sns', topic: 'arn:aws:sns:eu-west-1:123456789012:soc' },
  {
    name: 'tickets',
    type: 'jira',
    url: 'https://jira.example.com',
    edition: 'cloud',
    project: 'SEC',
    issueType: 'Task',
    secret: 'main',
  },
];

/** A rule that does these things. */
export function ruleThat(name: string, ...then: readonly Action[]): Rule {
  return {
    id: `pack/${name}`,
    name,
    order: 500,
    enabled: true,
    terminal: false,
    branches: [{ when: { always: true }, then }],
  };
}

/** A router with everything in memory. `matching` decides which rules match a finding. */
export function routeWorld(matching: (finding: Finding) => readonly Rule[]): RouteWorld {
  const states = new Map<string, FindingState>();
  const sent: QueuedMessage[] = [];
  const measures: Measure[] = [];
  const logged: RoutedFinding[] = [];
  const table = new MemoryTable();
  const documents = dynamoDocuments(table, () => world.now);
  const ruleSet: RuleSet = {
    packs: [],
    channels,
    inhibitions: [],
    timeIntervals: [],
    ownership: [],
    version: 'v1',
  };
  const world: RouteWorld = {
    states,
    documents,
    table,
    sent,
    measures,
    logged,
    failSends: 0,
    overtake: 0,
    now: new Date('2026-11-25T10:00:00.000Z'),
    ports: {
      rules: {
        evaluate: (finding) =>
          matching(finding).map(
            (rule): Matched => ({ rule, branch: rule.branches[0], branchIndex: 0 }),
          ),
      },
      ruleSet,
      enrichment: {
        contextOf: async () => ({ owner: 'payments' }),
        enrich: async () => ({
          context: { owner: 'payments', team: 'red' },
          update: { userDefinedFields: { 'riposte:team': 'red' } },
          riskScore: 70,
        }),
        note: async () => undefined,
      },
      states: {
        read: async (keys) => new Map(keys.flatMap((key) => entry(states, key))),
        async write(state) {
          const held = states.get(state.key);
          if (world.overtake > 0) {
            world.overtake--;
            states.set(state.key, { ...state, effects: held?.effects ?? {}, pending: [] });
          }
          const version = states.get(state.key)?.version ?? 0;
          if (version !== state.version - 1) throw new StaleStateError(state.key);
          states.set(state.key, state);
        },
        async sent(state) {
          const held = states.get(state.key);
          if (held?.version === state.version) states.set(state.key, { ...held, pending: [] });
        },
      },
      outlet: {
        async send(messages) {
          if (world.failSends > 0) {
            world.failSends--;
            throw new OutletError('alerts', 'away');
          }
          sent.push(...messages);
        },
      },
      documents,
      render: (template) => template,
      clock: () => world.now,
      measure: (measured) => void measures.push(measured),
      metricsByRule: false,
      log: (routed) => void logged.push(routed),
    },
    route: (...events) => routeFindings(world.ports)(events.map(message)),
  };
  return world;
}

function entry(states: Map<string, FindingState>, key: string) {
  const state = states.get(key);
  return state ? [[key, state] as const] : [];
}

function message(body: unknown, at: number): QueueMessage {
  return { id: `m-${at}`, body, sentAt: new Date(0), receiveCount: 1 };
}

/** An event with one finding in ASFF. */
export function asffEvent(finding: object, time = '2026-11-25T10:00:00Z'): object {
  return { ...importedEvent(finding), time };
}

/** An event with one finding in OCSF. */
export function ocsfEvent(finding: object, time = '2026-11-25T10:00:00Z'): object {
  return { ...importedV2Event(finding), time };
}
