import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { NotMeasuredError } from '../errors.ts';

/** As `custom.esbuild` of the services says. */
const asDeployed: BuildOptions = {
  bundle: true,
  minify: true,
  target: 'node24',
  platform: 'node',
  logLevel: 'silent',
};

const sources = join(import.meta.dirname, '..', '..', '..');
const restartTrail = join('services', 'cloudtrail-guard', 'src', 'restart-trail', 'handler.ts');
const bare = join('bench', 'src', 'guard', 'bare', 'handler.ts');

/**
 * Bundles the bare function, as the services are bundled. It carries the clients of the calls that both make; a further one that
 * `restart-trail` loads counts against `restart-trail`.
 *
 * @throws NotMeasuredError when it loads a client that `restart-trail` does not: it would look slower than it is.
 */
export async function bundleBare(outfile: string): Promise<void> {
  const ours = loadedClients(await graphOf(restartTrail), restartTrail);
  const theirs = loadedClients(await graphOf(bare, outfile), bare);
  const further = [...theirs].filter((client) => !ours.has(client));
  if (theirs.size > 0 && further.length === 0) return;
  throw new NotMeasuredError(
    `the bare function loads ${[...theirs].join(', ')}; restart-trail loads ${[...ours].join(', ')}`,
    `make the calls of ${restartTrail} in ${bare}, and no others`,
  );
}

async function graphOf(entry: string, outfile?: string): Promise<Metafile> {
  const { metafile } = await build({
    ...asDeployed,
    absWorkingDir: sources,
    entryPoints: [entry],
    metafile: true,
    outfile: outfile ?? 'unwritten.js',
    write: outfile !== undefined,
  });
  return metafile;
}

/**
 * The SDK's client packages that are loaded with a bundle's entry. What is imported dynamically is in the bundle, and waits.
 */
export function loadedClients({ inputs }: Pick<Metafile, 'inputs'>, entry: string): Set<string> {
  const seen = new Set<string>();
  const clients = new Set<string>();
  const next = [entry];
  for (let path = next.pop(); path !== undefined; path = next.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const client = /node_modules\/(@aws-sdk\/client-[\w-]+)\//.exec(path)?.[1];
    if (client) clients.add(client);
    for (const { path: imported, kind } of inputs[path]?.imports ?? []) {
      if (kind !== 'dynamic-import') next.push(imported);
    }
  }
  return clients;
}
