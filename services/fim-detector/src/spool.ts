import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A folder for what is too large for the memory. */
export interface Spool {
  /** Keeps bytes under a name, and returns how they are read; the oldest make room. */
  keep(name: string, bytes: Readable): Promise<() => Promise<Readable | undefined>>;
  /** Takes everything away. */
  clear(): Promise<void>;
}

/**
 * A spool in a folder of the function's own disk.
 *
 * @param mostFiles how many files are kept: a comparison reads two.
 */
export function diskSpool(folder: string, mostFiles = 2): Spool {
  const kept = new Set<string>();
  return {
    async keep(name, bytes) {
      const file = join(folder, createHash('sha256').update(name).digest('hex'));
      await mkdir(folder, { recursive: true });
      kept.delete(file);
      for (const oldest of [...kept].slice(0, Math.max(0, kept.size - mostFiles + 1))) {
        kept.delete(oldest);
        await rm(oldest, { force: true });
      }
      kept.add(file);
      await pipeline(bytes, createWriteStream(file));
      return async () => ((await isThere(file)) ? createReadStream(file) : undefined);
    },
    async clear() {
      kept.clear();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
