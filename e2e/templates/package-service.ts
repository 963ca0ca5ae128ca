import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withFileLock } from '../../packages/local-stage/src/file-lock.ts';
import { type JsonObject, objectAt } from './json.ts';

const execute = promisify(execFile);
const checkout = fileURLToPath(new URL('../../', import.meta.url));

export interface PackageOptions {
  readonly stage: string;
  readonly region: string;
  /** Parameters by service. */
  readonly params?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Runs the framework's own `package` for services, and reads the templates that it would deploy. No account is asked.
 *
 * The bundler's working folder belongs to the checkout, so that the lock of deployments holds here too.
 */
export async function packageServices(
  services: readonly string[],
  options: PackageOptions,
): Promise<readonly JsonObject[]> {
  const templates = await withFileLock(join(checkout, '.stage', 'deploy.lock'), async () =>
    Promise.all(services.map((service) => packageService(service, options))),
  );
  // Left empty by the framework's bundler and by the lock.
  for (const folder of ['.build', '.stage'])
    await rmdir(join(checkout, folder)).catch(() => undefined);
  return templates;
}

async function packageService(
  service: string,
  { stage, region, params = {} }: PackageOptions,
): Promise<JsonObject> {
  const folder = await mkdtemp(join(tmpdir(), 'riposte-package-'));
  try {
    const framework = join(checkout, 'node_modules', 'serverless', 'bin', 'serverless.js');
    const given = Object.entries(params[service] ?? {}).flatMap(([name, value]) => [
      '--param',
      `${name}=${value}`,
    ]);
    const place = ['--stage', stage, '--region', region, '--package', folder];
    await execute('node', [framework, 'package', ...place, ...given], {
      cwd: join(checkout, 'services', service),
      env: {
        ...process.env,
        HOME: folder,
        TMPDIR: folder,
        SLS_NOTIFICATIONS_MODE: 'off',
        SLS_TELEMETRY_DISABLED: '1',
        SLS_INTERACTIVE_SETUP_ENABLE: '0',
        CI: 'true',
      },
    });
    const file = join(folder, 'cloudformation-template-update-stack.json');
    return objectAt(JSON.parse(await readFile(file, 'utf8')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
