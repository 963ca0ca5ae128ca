import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * How much larger the heap is after work than before, when all that is no longer needed has been collected.
 *
 * @param work is done once before, so that what it keeps for good is not counted.
 * @returns Bytes; 0 where it is smaller.
 */
export function heapGrowth(work: () => void): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new TypeError('this engine does not collect on demand');
  const used = () => {
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  };
  work();
  const before = used();
  work();
  return Math.max(0, used() - before);
}
