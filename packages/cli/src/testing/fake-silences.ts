import type { Silence } from '@riposte/notifications';
import type { SilencesPorts, StoredSilence } from '../silences/ports.ts';
import { caller, now } from './fakes.ts';

/** Silences in memory. */
export interface FakeSilences extends SilencesPorts {
  readonly stored: Map<string, StoredSilence>;
  /** The next so many writes come too late. */
  overtaken: number;
}

export function fakeSilences(...silences: readonly Silence[]): FakeSilences {
  const stored = new Map<string, StoredSilence>();
  for (const silence of silences) stored.set(silence.id, { silence, version: 1 });
  const ports: FakeSilences = {
    ...{ stored, caller, stage: 'prod', overtaken: 0 },
    clock: () => now,
    silences: async () => [...stored.values()],
    async write({ silence, version }) {
      const before = stored.get(silence.id)?.version ?? 0;
      if (ports.overtaken > 0) {
        ports.overtaken--;
        return false;
      }
      if (before !== version - 1) return false;
      stored.set(silence.id, { silence, version });
      return true;
    },
  };
  return ports;
}
