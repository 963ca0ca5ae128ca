import type { ServiceEvent, StageMessage } from '@riposte/local-stage';
import type { TrailId } from '@riposte/remediations/cloudtrail';
import type { DeadLetter, DemoWorld } from '../demo/demo-world.ts';
import type { HubFinding } from '../demo/hub-finding.ts';
import type { RouterDesk } from '../demo/router-desk.ts';
import { played } from './fake-stage.ts';
import { sampleRecord, trailArn } from './fakes.ts';

export const demoTrail: TrailId = {
  arn: trailArn,
  name: 'main',
  accountId: '123456789012',
  region: 'eu-west-1',
  partition: 'aws',
};

export const guardMessage: StageMessage = {
  id: 'm',
  topicArn: 't',
  subject: '[Riposte] REPAIRED',
  message: 'What\nhappened',
  attributes: {},
  sentAt: 'now',
};

export const guardLetter: DeadLetter = {
  queue: 'guard-dlq',
  error: { name: 'MalformedEventError', message: 'event is malformed at detail.eventTime' },
};

const routed: HubFinding = {
  severity: 'HIGH',
  providerSeverity: 'MEDIUM',
  fields: {
    'riposte:owner': 'ada@example.com',
    'riposte:team': 'payments',
    'riposte:risk-score': '63',
    'riposte:risk-why': 'severity medium 30 + environment production 8',
  },
};

/** A message of a channel of the router. */
function routerMessage(channel: string): StageMessage {
  return { ...guardMessage, subject: `on ${channel}`, attributes: { channel } };
}

/** A world in which all goes well, but for `changes` and, of the router, `router`. `did` holds what was done. */
export function fakeDemo(changes: Partial<DemoWorld> = {}, router: Partial<RouterDesk> = {}) {
  const did: string[] = [];
  const sent: string[] = [];
  const state = { reads: 1, routed: 0, isEnabled: false };
  const record = sampleRecord();
  const channels = () =>
    state.isEnabled && sent.length > 1 ? ['alerts', 'on-call'] : ['alerts'].slice(0, sent.length);
  const eventOf = (id: string): ServiceEvent => ({ ...played.event, detail: { finding: id } });
  const findingNow = (id: string): HubFinding => {
    if (id === 'finding-1') return { ...routed, severity: 'MEDIUM', note: `Riposte: ${record.id}` };
    return id === sent[1] ? { ...routed, severity: 'CRITICAL' } : routed;
  };
  const desk: RouterDesk = {
    async deploy() {
      did.push('deploy finding-router');
    },
    async sendFinding(instance) {
      sent.push(instance);
      state.routed += 1;
      return { id: instance, event: eventOf(instance) };
    },
    importOthers: async () => undefined,
    tickets: async (id) => [
      { key: `SEC-${sent.indexOf(id) + 1}`, status: 'To Do', summary: `about ${id}` },
    ],
    findingsRead: async () => state.routed,
    writes: async () => 18,
    preview: async () => ({
      ...{ findings: 10, matched: 1, gaps: [] },
      changes: [{ field: 'severity', before: 'HIGH', after: 'CRITICAL' }],
      told: [{ channel: 'on-call', kind: 'message', findings: 1 }],
    }),
    async enableRule() {
      did.push('enable');
      state.isEnabled = true;
    },
    ...router,
  };
  const world: DemoWorld = {
    endpoint: 'http://127.0.0.1:1',
    deploy: async (service) => {
      did.push(`deploy ${service}`);
    },
    createTrail: async () => demoTrail,
    stopTrail: async () => played.event,
    status: async () => ({
      isLogging: true,
      stoppedAt: '2026-11-24T14:00:00.000Z',
      startedAt: '2026-11-24T14:00:00.430Z',
    }),
    messages: async () => [guardMessage, ...channels().map(routerMessage)],
    records: async () => [record],
    sendFinding: async () => 'finding-1',
    finding: async (id) => findingNow(id),
    deliver: async ({ detail }, copies) => {
      did.push(`deliver ${copies} ${Object.keys(detail).join(',')}`);
      state.reads += copies;
      state.routed += copies;
    },
    callsOf: async (_function, operation) => (operation === 'StartLogging' ? 1 : state.reads),
    deadLetters: async () => [guardLetter],
    router: desk,
    settle: async () => undefined,
    stop: async () => {
      did.push('stop');
    },
    ...changes,
  };
  return { world, did };
}
