import type { RecordedCall } from '@riposte/local-stage';
import { NotMeasuredError } from '../errors.ts';

/** Waits for calls that pass the stage's proxy. */
export interface CallWatch {
  /** Given to the stage: it is told of every call when its answer is on its way to the caller. */
  readonly onCall: (call: RecordedCall) => void;
  /**
   * When the first call that fits was answered without an error, on the clock of `performance.now`.
   *
   * @throws NotMeasuredError when none is within 30 s.
   */
  answered(what: string, fits: (call: RecordedCall) => boolean): Promise<number>;
}

const patienceMs = 30_000;

interface Waiting {
  readonly fits: (call: RecordedCall) => boolean;
  readonly resolve: (at: number) => void;
}

/** Makes a watch that has seen nothing. */
export function createCallWatch(): CallWatch {
  const waiting = new Set<Waiting>();
  return {
    onCall(call) {
      const at = performance.now();
      if (call.status < 200 || call.status > 299) return;
      for (const entry of waiting) if (entry.fits(call)) entry.resolve(at);
    },
    answered: (what, fits) =>
      new Promise((resolve, reject) => {
        const entry: Waiting = {
          fits,
          resolve: (at) => {
            clearTimeout(timer);
            waiting.delete(entry);
            resolve(at);
          },
        };
        const timer = setTimeout(() => {
          waiting.delete(entry);
          const message = `${what}: not within ${patienceMs / 1000} s`;
          reject(new NotMeasuredError(message, 'the logs of the functions on the stage say more'));
        }, patienceMs);
        waiting.add(entry);
      }),
  };
}
