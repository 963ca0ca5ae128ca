/** How a channel is, as far as it was found out. */
export interface Health {
  /** Counts the writes. */
  readonly version: number;
  /** Failures since the last success. */
  readonly failures: number;
  /** How often the breaker opened since the last success; 0: it is closed. */
  readonly openings: number;
  /** ISO 8601. Until then nobody asks. */
  readonly pausedUntil?: string;
  /** ISO 8601. Until then one message finds out whether the channel is back, unless its function dies. */
  readonly probeUntil?: string;
}

export interface BreakerSettings {
  /** So many failures in a row open it. */
  readonly failures: number;
  /** Length of the first pause; each further one is twice as long. */
  readonly pauseSeconds: number;
  readonly longestPauseSeconds: number;
  /** As long as a function lives at most. */
  readonly probeSeconds: number;
}

/** When something is decided: time, and a number from 0 to 1 that keeps many from doing the same at once. */
export interface Moment {
  readonly now: Date;
  readonly random: number;
}

export type Admission =
  | { readonly kind: 'go' }
  | { readonly kind: 'wait'; readonly until: string }
  /** Goes if this is written first. */
  | { readonly kind: 'probe'; readonly health: Health };

/** The same as is known before anything was found out. */
export const unknownHealth: Health = { version: 0, failures: 0, openings: 0 };

/** While somebody finds out, the others look again after so many seconds. */
const lookAgainSeconds = 5;

/** Whether a message may ask the channel now. */
export function admission(
  health: Health,
  { now }: Moment,
  { probeSeconds }: BreakerSettings,
): Admission {
  const at = now.toISOString();
  const { pausedUntil, probeUntil, openings } = health;
  if (pausedUntil !== undefined && pausedUntil > at) return { kind: 'wait', until: pausedUntil };
  if (openings === 0) return { kind: 'go' };
  if (probeUntil !== undefined && probeUntil > at) {
    return { kind: 'wait', until: after(now, lookAgainSeconds) };
  }
  return { kind: 'probe', health: next(health, { probeUntil: after(now, probeSeconds) }) };
}

/** The channel took a message. The health itself where that changes nothing. */
export function afterSuccess(health: Health, { now }: Moment): Health {
  const { failures, openings, pausedUntil } = health;
  if (failures === 0 && openings === 0) return health;
  // A pause that the receiver asked for outlives a success that was on its way.
  const stays = openings === 0 && pausedUntil !== undefined && pausedUntil > now.toISOString();
  return {
    version: health.version + 1,
    failures: 0,
    openings: 0,
    ...(stays && { pausedUntil }),
  };
}

/** The channel did not answer. What was on its way when the breaker opened opens it no further. */
export function afterFailure(
  health: Health,
  isProbe: boolean,
  { now, random }: Moment,
  settings: BreakerSettings,
): Health {
  if (health.openings > 0 && !isProbe) return health;
  const failures = health.failures + 1;
  if (!isProbe && failures < settings.failures) return next(health, { failures });
  const openings = health.openings + 1;
  const { probeUntil: _, ...rest } = health;
  const seconds = pauseSeconds(openings, random, settings);
  return next(rest, { failures, openings, pausedUntil: after(now, seconds) });
}

/** The channel asked everybody to wait. */
export function afterBusy(
  health: Health,
  isProbe: boolean,
  seconds: number,
  { now }: Moment,
): Health {
  const until = after(now, seconds);
  const isLonger = health.pausedUntil === undefined || health.pausedUntil < until;
  if (!isLonger) return afterNothing(health, isProbe);
  return next(isProbe ? released(health) : health, { pausedUntil: until });
}

/** A probe found nothing out: the next message is one. */
export function afterNothing(health: Health, isProbe: boolean): Health {
  return isProbe && health.probeUntil !== undefined ? next(released(health), {}) : health;
}

/** Seconds from now, at least 1. */
export function secondsUntil(until: string, now: Date): number {
  return Math.max(1, Math.ceil((Date.parse(until) - now.getTime()) / 1000));
}

/** Twice as long each time, by up to a fifth shorter, so that channels do not come back together. */
function pauseSeconds(openings: number, random: number, settings: BreakerSettings): number {
  const whole = Math.min(settings.pauseSeconds * 2 ** (openings - 1), settings.longestPauseSeconds);
  return whole * (1 - random / 5);
}

function released({ probeUntil: _, ...health }: Health): Health {
  return health;
}

function next(health: Health, change: Partial<Health>): Health {
  return { ...health, ...change, version: health.version + 1 };
}

function after(now: Date, seconds: number): string {
  return new Date(now.getTime() + seconds * 1000).toISOString();
}
