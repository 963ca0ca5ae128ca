import { type FakeTags, fakeTags } from '@riposte/remediations/tagging/fakes';
import { type FakeRecords, type FakeSettings, fakeRecords, fakeSettings } from '@riposte/testing';
import { type Acted, type ActPorts, act, type Systems } from '../act.ts';
import type { ActionCommand } from '../action-command.ts';
import type { AutomationStart } from '../changes/automations.ts';
import type { SystemAction } from '../effects.ts';
import { sampleState } from './sample-state.ts';

/** Carrying out actions with everything in memory. */
export interface ActWorld {
  readonly ports: ActPorts;
  readonly settings: FakeSettings;
  readonly records: FakeRecords;
  readonly tags: FakeTags;
  /** What other systems were handed, in order. */
  readonly done: (readonly unknown[])[];
  /** Documents that were started. */
  readonly started: AutomationStart[];
  /** Throws what AWS answers instead. */
  failStart: (() => void) | undefined;
  failRead: (() => void) | undefined;
  /** Of the finding in Security Hub; undefined: it is gone. */
  workflow: string | undefined;
  now: Date;
  /** The document of the last command that was handed on. */
  handed: unknown;
  run(action: SystemAction | object, body?: object, receiveCount?: number): Promise<Acted>;
}

const at = '2026-11-25T10:00:00.000Z';
export const finding = sampleState().facts;
export const bucket = 'arn:aws:s3:::reports';
export const queue = 'arn:aws:sqs:eu-west-1:123456789012:reports';

/** The finding as it was received: two resources with ARNs, one of them twice, and one without. */
const document = {
  Id: finding.id,
  Resources: [
    { Id: bucket, Type: 'AwsS3Bucket' },
    { Id: 'not an arn' },
    { Id: bucket },
    { Id: queue, Type: 'AwsSqsQueue' },
  ],
};

export function actWorld(): ActWorld {
  const done: (readonly unknown[])[] = [];
  const started: AutomationStart[] = [];
  const settings = fakeSettings();
  const clock = () => world.now;
  const records = fakeRecords(clock);
  const tags = fakeTags();
  const note =
    (name: string) =>
    async (command: ActionCommand, ...rest: readonly unknown[]) => {
      world.handed = command.document;
      done.push([name, ...rest]);
    };
  const systems: Systems = {
    requestRemediation: note('remediation'),
    invoke: note('invoke'),
    enqueue: note('enqueue'),
    publish: note('publish'),
  };
  const world: ActWorld = {
    settings,
    records,
    tags,
    done,
    started,
    failStart: undefined,
    failRead: undefined,
    workflow: 'NEW',
    now: new Date(at),
    handed: undefined,
    ports: {
      systems,
      settings,
      records,
      tags,
      documents: { get: async () => ({ Id: 'kept aside' }) },
      hub: {
        current: async () => {
          const { workflow } = world;
          if (workflow === undefined) return new Map();
          return new Map([[finding.key, { workflow, userDefinedFields: {}, types: [] }]]);
        },
      },
      automations: {
        async start(start) {
          world.failStart?.();
          started.push(start);
          return 'exec-1';
        },
        async execution(id) {
          world.failRead?.();
          return { id, status: 'InProgress', startedAt: at };
        },
      },
      automationDocuments: ['Isolate'],
      home: { accountId: finding.accountId, region: finding.region },
      stage: 'prod',
      pause: async () => undefined,
      clock,
    },
    run(action, body = {}, receiveCount = 1) {
      const command = { kind: 'action', id: 'rpm-1', rule: 'pack/rule', action, finding, at };
      const carried = 'documentAt' in body ? {} : { document };
      const message = { ...command, partition: 'aws', ...carried, ...body };
      return act(world.ports)({ id: 'm-1', body: message, sentAt: world.now, receiveCount });
    },
  };
  return world;
}
