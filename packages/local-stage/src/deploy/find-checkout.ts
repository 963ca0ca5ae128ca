import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's root: the nearest folder upwards that has `serverless-compose.yml` or both `services` and `node_modules`. */
export function findCheckout(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const has = (name: string) => existsSync(join(folder, name));
    if (has('serverless-compose.yml') || (has('services') && has('node_modules'))) return folder;
    if (dirname(folder) === folder) return from;
  }
}

/**
 * The folder of the Node that functions run on: the checkout's own (Lambda's version), whatever the system has; `undefined`
 * where the checkout has none and `PATH` decides.
 */
export function nodeFolder(checkout: string): string | undefined {
  const folder = join(checkout, 'node_modules', 'node', 'bin');
  return existsSync(join(folder, 'node')) ? folder : undefined;
}
