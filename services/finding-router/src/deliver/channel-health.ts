import type { Measure } from '@riposte/lambda';
import { ChannelBusyError, ChannelDownError, ChannelPausedError } from '../errors.ts';
import {
  admission,
  afterBusy,
  afterFailure,
  afterNothing,
  afterSuccess,
  type BreakerSettings,
  type Health,
  type Moment,
  secondsUntil,
  unknownHealth,
} from './breaker.ts';
import type { ChannelHealth, HealthStore, Turn } from './ports.ts';

export interface ChannelHealthOptions {
  readonly store: HealthStore;
  readonly settings: BreakerSettings;
  /** Of all channels that share this health. */
  readonly channelType: string;
  clock(): Date;
  random(): number;
  measure(measure: Measure): void;
  /** Tells of a store that does not answer. */
  warn(message: string, error: unknown): void;
}

/** A state that was read is believed for so many milliseconds. */
const believedFor = 2_000;
const attempts = 4;
/** Messages that wait come back spread over so many seconds. */
const spreadSeconds = 5;

/** `ChannelHealth` by a breaker for each channel, which all functions share through a store. */
export function channelHealth(options: ChannelHealthOptions): ChannelHealth {
  const { store, settings, channelType, clock, random, measure, warn } = options;
  const known = new Map<string, { readonly health: Health; readonly readAt: number }>();
  const moment = (): Moment => ({ now: clock(), random: random() });

  function remember(channel: string, health: Health): Health {
    known.set(channel, { health, readAt: clock().getTime() });
    return health;
  }

  async function read(channel: string): Promise<Health> {
    return remember(channel, (await store.read(channel)) ?? unknownHealth);
  }

  async function healthOf(channel: string): Promise<Health> {
    const seen = known.get(channel);
    const isFresh = seen !== undefined && clock().getTime() - seen.readAt < believedFor;
    return isFresh ? seen.health : await read(channel);
  }

  /** Undefined where somebody else was faster every time. */
  async function change(
    channel: string,
    decide: (health: Health) => Health,
  ): Promise<{ readonly before: Health; readonly after: Health } | undefined> {
    let before = await healthOf(channel);
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const after = decide(before);
      if (after === before) return { before, after };
      if (await store.write(channel, after)) return { before, after: remember(channel, after) };
      before = await read(channel);
    }
    return undefined;
  }

  /** A store that does not answer keeps no message back. */
  async function whereKnown<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      warn('the health of a channel is unknown', error);
      return undefined;
    }
  }

  async function enter(channel: string): Promise<Turn | { readonly waitUntil: string }> {
    let wanted = admission(await healthOf(channel), moment(), settings);
    for (let attempt = 1; wanted.kind === 'probe' && attempt <= attempts; attempt++) {
      if (await store.write(channel, wanted.health)) {
        remember(channel, wanted.health);
        return { channel, isProbe: true };
      }
      wanted = admission(await read(channel), moment(), settings);
    }
    return wanted.kind === 'wait' ? { waitUntil: wanted.until } : { channel, isProbe: false };
  }

  return {
    async admit(channel) {
      const entered = await whereKnown(() => enter(channel));
      if (!entered) return { channel, isProbe: false };
      if ('channel' in entered) return entered;
      throw new ChannelPausedError(channel, waitFor(entered.waitUntil));
    },
    async worked({ channel }) {
      await whereKnown(() => change(channel, (health) => afterSuccess(health, moment())));
    },
    async failed({ channel, isProbe }, error) {
      const changed = await whereKnown(() =>
        change(channel, (health) => afterError(health, isProbe, error)),
      );
      if (!changed) return undefined;
      const { before, after } = changed;
      if (after.openings > before.openings) {
        measure({ name: 'BreakerOpened', value: 1, unit: 'Count', dimensions: { channelType } });
      }
      const { pausedUntil } = after;
      const isPaused = pausedUntil !== undefined && pausedUntil > clock().toISOString();
      return isPaused ? waitFor(pausedUntil) : undefined;
    },
  };

  function waitFor(until: string): number {
    return Math.ceil(secondsUntil(until, clock()) + random() * spreadSeconds);
  }

  function afterError(health: Health, isProbe: boolean, error: unknown): Health {
    if (error instanceof ChannelBusyError) {
      return afterBusy(health, isProbe, error.retryAfterSeconds, moment());
    }
    return error instanceof ChannelDownError
      ? afterFailure(health, isProbe, moment(), settings)
      : afterNothing(health, isProbe);
  }
}
