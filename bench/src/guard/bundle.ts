import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { parse } from 'yaml';
import { NotMeasuredError } from '../errors.ts';
import type { Pair } from '../statistics.ts';

const sources = join(import.meta.dirname, '..', '..', '..');
const service = join('services', 'cloudtrail-guard');
const restartTrail = join(service, 'src', 'restart-trail', 'handler.ts');
const here = join('bench', 'src', 'guard');
const bare = join(here, 'bare', 'handler.ts');

/**
 * Bundles the bare function, as the services are bundled. It carries the clients of the calls that both make; a further one that
 * `restart-trail` loads counts against `restart-trail`.
 *
 * @throws NotMeasuredError when it loads a client that `restart-trail` does not: it would look slower than it is.
 */
export async function bundleBare(outfile: string): Promise<void> {
  const expected = loadedClients(await graphOf(restartTrail), restartTrail);
  const found = loadedClients(await graphOf(bare, outfile), bare);
  const further = [...found].filter((client) => !expected.has(client));
  if (found.size > 0 && further.length === 0) return;
  throw new NotMeasuredError(
    `the bare function loads ${[...found].join(', ')}; restart-trail loads ${[...expected].join(', ')}`,
    `make the calls of ${restartTrail} in ${bare}, and no others`,
  );
}

/** Both functions, bundled as they are deployed, with a watch around every call of their clients. */
export async function bundleWatched(folder: string): Promise<Pair<string>> {
  const files = { ours: join(folder, 'restart-trail.js'), peer: join(folder, 'bare.js') };
  await graphOf(join(here, 'watched', 'restart-trail.ts'), files.ours);
  await graphOf(join(here, 'watched', 'bare.ts'), files.peer);
  return files;
}

async function graphOf(entry: string, outfile?: string): Promise<Metafile> {
  const { metafile } = await build({
    ...settingsOf(await readFile(join(sources, service, 'serverless.yml'), 'utf8')),
    absWorkingDir: sources,
    entryPoints: [entry],
    logLevel: 'silent',
    metafile: true,
    outfile: outfile ?? 'unwritten.js',
    write: outfile !== undefined,
  });
  return metafile;
}

/** What a service's `custom.esbuild` says to esbuild; the plugin's own options are left out. */
export function settingsOf(serverlessYml: string): BuildOptions {
  const service: unknown = parse(serverlessYml, { logLevel: 'silent' });
  const esbuild = memberOf(memberOf(service, 'custom'), 'esbuild');
  const own = new Set(['exclude', 'skipRebuild', 'outputWorkFolder', 'concurrency', 'watch']);
  return Object.fromEntries(Object.entries(esbuild ?? {}).filter(([name]) => !own.has(name)));
}

function memberOf(value: unknown, name: string): object | undefined {
  const member: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof member === 'object' && member !== null ? member : undefined;
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
