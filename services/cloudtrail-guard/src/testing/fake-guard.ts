import type { Measure } from '@riposte/lambda';
import { type Baseline, type TrailConfiguration, trailOf } from '@riposte/remediations/cloudtrail';
import {
  type FakeTrail,
  type FakeTrails,
  fakeTrails,
  sampleConfiguration,
} from '@riposte/remediations/cloudtrail/fakes';
import type { Mode } from '@riposte/responses';
import { type FakeRecords, fakeRecords, fakeSettings } from '@riposte/testing';
import type { RepairPorts } from '../ports.ts';

/** The guard's ports in memory, and everything a test looks at. */
export interface FakeGuard {
  readonly ports: RepairPorts;
  /** Approves a trail's settings as they are, or with changes. */
  approve(trail: FakeTrail, changes?: Partial<TrailConfiguration>): void;
  readonly cloudTrail: FakeTrails;
  readonly records: FakeRecords;
  readonly measured: Measure[];
  /** Moves the clock on. */
  pass(seconds: number): void;
  now(): Date;
  setModes(modes: Readonly<Record<string, Mode>>): void;
  exempt(exemption: { readonly principal?: string; readonly resource?: string }): void;
  turnSwitch(state: 'changes-allowed' | 'changes-stopped'): void;
  breakSettings(reason: string): void;
}

/** The account and Region of the fakes. */
export const home = { accountId: '123456789012', region: 'eu-west-1' };

/** The fakes' trail. */
export const mainTrail = trailOf('main', home);

/** A trail that was stopped one second before the fakes' clock begins. */
export function stoppedTrail(id = mainTrail): FakeTrail {
  const status = {
    isLogging: false,
    startedAt: '2026-11-01T00:00:00.000Z',
    stoppedAt: '2026-11-24T02:59:59.000Z',
  };
  return { id, status, configuration: sampleConfiguration({ name: id.name }) };
}

/** A trail that records. */
export function runningTrail(id = mainTrail, changes: Partial<TrailConfiguration> = {}): FakeTrail {
  const status = { isLogging: true, startedAt: '2026-11-01T00:00:00.000Z' };
  return { id, status, configuration: sampleConfiguration({ name: id.name, ...changes }) };
}

/** The guard's ports over fakes, at 03:00 in the morning. */
export function fakeGuard(...trails: readonly FakeTrail[]): FakeGuard {
  let at = Date.parse('2026-11-24T03:00:00.000Z');
  const now = () => new Date(at);
  const cloudTrail = fakeTrails(now, ...trails);
  const records = fakeRecords(now);
  const measured: Measure[] = [];
  const baselines = new Map<string, Baseline>();
  const settings = fakeSettings();
  return {
    ports: {
      trails(onBehalfOf = 'read') {
        cloudTrail.onBehalfOf.push(onBehalfOf);
        return cloudTrail;
      },
      records,
      settings,
      clock: now,
      measure: (measure) => {
        measured.push(measure);
      },
      stage: 'dev',
      baselines: {
        of: async (arn) => baselines.get(arn),
        all: async () => [...baselines.values()],
      },
      isOwnRole: (arn) => arn.includes(':role/riposte-cloudtrail-guard-dev-'),
    },
    approve({ id, configuration }, changes = {}) {
      const version = (baselines.get(id.arn)?.version ?? 0) + 1;
      baselines.set(id.arn, {
        version,
        trail: id,
        configuration: { ...configuration, ...changes },
        approvedBy: 'arn:aws:iam::123456789012:role/Security',
        approvedAt: '2026-11-01T00:00:00.000Z',
        reason: 'first approval',
      });
    },
    cloudTrail,
    records,
    measured,
    now,
    pass: (seconds) => {
      at += seconds * 1000;
    },
    setModes: (modes) => settings.change({ modes }),
    exempt: ({ principal = '', resource = '' }) =>
      settings.change({ exemptPrincipals: [principal], exemptResources: [resource] }),
    turnSwitch: settings.turnSwitch,
    breakSettings: settings.breakWith,
  };
}
