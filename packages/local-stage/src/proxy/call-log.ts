import type { CallIdentity, FaultEffect, RecordedCall } from './types.ts';

/** How a call ended. */
export interface CallEnd {
  /** 0 where the caller got no answer. */
  readonly status: number;
  readonly errorCode?: string;
  readonly fault?: FaultEffect;
}

/** A call that has begun; ended once. */
export interface OpenCall {
  end(how: CallEnd): void;
}

/** The calls that passed, in the order in which they began. */
export interface CallLog {
  begin(identity: CallIdentity, parameters: Readonly<Record<string, unknown>>): OpenCall;
  calls(): readonly RecordedCall[];
  clear(): void;
}

/** Keeps at most this many: a stage that runs for days must not grow without end. */
const kept = 50_000;

export function createCallLog(onCall?: (call: RecordedCall) => void): CallLog {
  let ended: RecordedCall[] = [];
  let next = 1;
  return {
    begin({ protocol: _protocol, ...identity }, parameters) {
      const id = next++;
      const started = performance.now();
      const time = new Date().toISOString();
      let open = true;
      return {
        end(how) {
          if (!open) return;
          open = false;
          const durationMs = Math.round((performance.now() - started) * 100) / 100;
          const call: RecordedCall = { id, time, durationMs, ...identity, parameters, ...how };
          ended.push(call);
          if (ended.length > kept) ended = ended.slice(-kept / 2);
          onCall?.(call);
        },
      };
    },
    calls: () => ended.toSorted((one, other) => one.id - other.id),
    clear() {
      ended = [];
    },
  };
}
