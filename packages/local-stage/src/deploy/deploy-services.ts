import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeployError } from '../errors.ts';
import { withFileLock } from '../file-lock.ts';
import { onInterrupt } from '../on-interrupt.ts';
import type { DeployOptions } from '../types.ts';

export interface Deployment extends DeployOptions {
  /** The project's root folder. */
  readonly checkout: string;
  readonly services: readonly string[];
  readonly params: Readonly<Record<string, string>>;
  /** Environment of the framework: endpoints, credentials, Node. */
  readonly env: Readonly<Record<string, string>>;
  readonly region: string;
  /** The stage's own temporary folder, which goes when the stage does. */
  readonly temporary?: string;
  readonly onProgress: (line: string) => void;
}

/**
 * Runs the framework's own `deploy` for services, one after the other, as a person would.
 *
 * The framework writes `.serverless` into the service's folder, so that two deploys of one checkout would mix: a file lock
 * keeps them apart, also between processes.
 *
 * @throws DeployError with the framework's whole output when it fails or takes too long.
 */
export async function deployServices(deployment: Deployment): Promise<void> {
  const { checkout, services, onProgress } = deployment;
  await withFileLock(join(checkout, '.stage', 'deploy.lock'), async () => {
    for (const service of services) {
      onProgress(`deploying ${service} …`);
      const started = Date.now();
      await deployOne(deployment, service);
      onProgress(`deployed ${service} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    }
  });
  // Left empty by the framework's bundler and by the lock.
  for (const folder of ['.build', '.stage'])
    await rmdir(join(checkout, folder)).catch(() => undefined);
}

async function deployOne(deployment: Deployment, service: string): Promise<void> {
  const cwd = join(deployment.checkout, 'services', service);
  const framework = join(deployment.checkout, 'node_modules', 'serverless', 'bin', 'serverless.js');
  if (!existsSync(join(cwd, 'serverless.yml')))
    throw new DeployError(service, `there is no ${cwd}/serverless.yml`, '');
  if (!existsSync(framework)) throw new DeployError(service, 'run `npm ci` first', '');
  const packaged = join(cwd, '.serverless');
  const wasThere = existsSync(packaged);
  // The framework keeps settings of its own; not in the developer's home.
  const home = await mkdtemp(join(deployment.temporary ?? tmpdir(), 'riposte-deploy-'));
  const leftovers = wasThere ? [home] : [home, packaged];
  const removeAll = () => {
    for (const path of leftovers) rmSync(path, { recursive: true, force: true });
  };
  const forget = onInterrupt(removeAll);
  try {
    const child = spawn('node', [framework, 'deploy', ...deployArguments(deployment)], {
      cwd,
      env: { ...deployment.env, ...frameworkSettings, HOME: home, TMPDIR: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await finished(child, service, deployment.timeoutMs ?? 300_000);
  } finally {
    forget();
    removeAll();
  }
}

/** The framework asks CloudFormation every 5 s otherwise: most of a local deploy would be waiting. */
const frameworkSettings = {
  SLS_AWS_MONITORING_FREQUENCY: '200',
  SLS_NOTIFICATIONS_MODE: 'off',
  SLS_TELEMETRY_DISABLED: '1',
  SLS_INTERACTIVE_SETUP_ENABLE: '0',
  // Its output goes into a log: lines, no spinners.
  CI: 'true',
};

export function deployArguments(
  deployment: Pick<Deployment, 'stage' | 'region' | 'params' | 'functionName'>,
): readonly string[] {
  const { stage = 'local', region, functionName } = deployment;
  const params = Object.entries(deployment.params).flatMap(([name, value]) => [
    '--param',
    `${name}=${value}`,
  ]);
  const what = functionName === undefined ? [] : ['function', '--function', functionName];
  return [...what, '--stage', stage, '--region', region, ...params];
}

async function finished(child: ChildProcess, service: string, timeoutMs: number): Promise<void> {
  let log = '';
  const collect = (chunk: Buffer) => {
    log += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject).on('close', resolve);
    });
    if (isLate) throw new DeployError(service, `it took longer than ${timeoutMs} ms`, log);
    if (code !== 0) throw new DeployError(service, `the framework ended with ${code}`, log);
  } finally {
    clearTimeout(late);
  }
}
