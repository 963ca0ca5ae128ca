import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EmulatorError } from '../errors.ts';
import { cleanEnvironment, clientEnvironment } from './clean-environment.ts';
import { findEmulator, onPath, pythonOf } from './find-emulator.ts';
import { cacheFolder, installMinistack, ministackVersion, type Run } from './install-ministack.ts';
import { freePort, startEmulator } from './start-emulator.ts';
import { supervise } from './supervise.ts';

let folder: string;
let lines: string[];
const onProgress = (line: string) => lines.push(line);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emulator-test-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function executable(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  await chmod(file, 0o755);
  return file;
}

describe("a stage's environment", () => {
  it("keeps other emulators' variables and the developer's AWS settings out", () => {
    const env = cleanEnvironment(
      { PATH: '/bin', HOME: '/home/me', SERVICES: 's3', AWS_PROFILE: 'work', NODE_OPTIONS: '-x' },
      '/node/bin',
    );
    expect(env).toEqual({
      PATH: '/node/bin:/bin',
      HOME: '/home/me',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    });
    expect(cleanEnvironment({}, undefined).PATH).toBe('');
  });

  it('leads clients to the proxy, as the account', () => {
    const endpoint = 'http://127.0.0.1:1';
    expect(
      clientEnvironment({ endpoint, accountId: '123456789012', region: 'eu-west-1' }),
    ).toMatchObject({
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_SECURITYHUB: endpoint,
      AWS_ACCESS_KEY_ID: '123456789012',
      AWS_REGION: 'eu-west-1',
    });
  });
});

describe('finding the emulator', () => {
  it('takes the endpoint given', async () => {
    const found = await findEmulator({ AWS_ENDPOINT_URL: 'http://localhost:4566/' }, onProgress);
    expect(found).toEqual({ kind: 'given', endpoint: 'http://localhost:4566' });
    expect(lines).toEqual(['using the emulator at http://localhost:4566/']);
  });

  it('takes the one on PATH, by its Python', async () => {
    const python = await executable('python3', '');
    await executable('ministack', `#!${python}\nimport sys\n`);
    const found = await findEmulator({ PATH: `/nowhere:${folder}` }, onProgress);
    expect(found).toEqual({ kind: 'python', python });
  });

  it('takes its own where the one on PATH is no Python script', async () => {
    await executable('ministack', '#!/bin/sh\nexec something\n');
    const python = join(folder, 'riposte', `ministack-${ministackVersion}`, 'bin', 'python');
    await mkdir(join(python, '..'), { recursive: true });
    await writeFile(python, '');
    const found = await findEmulator({ PATH: folder, XDG_CACHE_HOME: folder }, onProgress);
    expect(found).toEqual({ kind: 'python', python });
  });

  it('reads both ways in which installers start Python', () => {
    expect(pythonOf('#!/opt/venv/bin/python3.11\nimport re')).toBe('/opt/venv/bin/python3.11');
    expect(pythonOf(`#!/bin/sh\n'''exec' "/opt/a b/bin/python3" "$0" "$@"\n`)).toBe(
      '/opt/a b/bin/python3',
    );
    expect(pythonOf('#!/usr/bin/env bash\n')).toBeUndefined();
  });

  it('finds nothing on an empty PATH', () => {
    expect(onPath('ministack')).toBeUndefined();
  });
});

describe('installing the emulator', () => {
  const env = () => ({ XDG_CACHE_HOME: folder });
  const home = () => join(folder, 'riposte', `ministack-${ministackVersion}`);
  /** Makes what `python -m venv` would make. */
  const fakeRun =
    (fails: (command: string, args: readonly string[]) => boolean = () => false): Run =>
    async (command, args) => {
      if (fails(command, args)) throw new RangeError(`${command} failed`);
      const target = args[1] === 'venv' ? args[2] : undefined;
      if (target !== undefined) {
        await mkdir(join(target, 'bin'), { recursive: true });
        await writeFile(join(target, 'bin', 'python'), '');
      }
      return '';
    };

  it('makes a virtual environment once, with a progress line', async () => {
    const python = await installMinistack(env(), onProgress, fakeRun());
    expect(python).toBe(join(home(), 'bin', 'python'));
    expect(lines).toHaveLength(1);
    await installMinistack(
      env(),
      onProgress,
      fakeRun(() => true),
    );
    expect(lines).toHaveLength(1);
  });

  it.each([
    ['Python', () => true, 'Python 3.10 or newer'],
    ['venv', (_command: string, args: readonly string[]) => args[1] === 'venv', 'venv module'],
    ['pip', (_command: string, args: readonly string[]) => args[1] === 'pip', 'ministack 1.5.33'],
  ])('says what is missing: %s', async (_what, fails, missing) => {
    const installing = installMinistack(env(), onProgress, fakeRun(fails));
    await expect(installing).rejects.toMatchObject({
      name: 'MissingPrerequisiteError',
      missing: expect.stringContaining(missing),
    });
    expect(existsSync(home())).toBe(false);
  });

  it('takes python where there is no python3', async () => {
    await installMinistack(
      env(),
      onProgress,
      fakeRun((command) => command === 'python3'),
    );
    expect(existsSync(home())).toBe(true);
  });

  it("takes another process' installation that was faster", async () => {
    const run: Run = async (command, args) => {
      await fakeRun()(command, args);
      if (args[1] === 'pip') {
        await mkdir(join(home(), 'bin'), { recursive: true });
        await writeFile(join(home(), 'bin', 'python'), 'theirs');
      }
      return '';
    };
    const python = await installMinistack(env(), onProgress, run);
    await expect(readFile(python, 'utf8')).resolves.toBe('theirs');
  });

  it('fails where it cannot be moved into place', async () => {
    const run: Run = async (command, args) => {
      await fakeRun()(command, args);
      if (args[1] === 'pip') {
        await mkdir(home(), { recursive: true });
        await writeFile(join(home(), 'in the way'), '');
      }
      return '';
    };
    await expect(installMinistack(env(), onProgress, run)).rejects.toThrow(/ENOTEMPTY|EEXIST/);
  });

  it("uses the user's own cache folder", () => {
    expect(cacheFolder({ HOME: '/home/me' }, 'linux')).toBe('/home/me/.cache/riposte');
    expect(cacheFolder({ HOME: '/home/me' }, 'darwin')).toBe('/home/me/Library/Caches/riposte');
    expect(cacheFolder({ XDG_CACHE_HOME: '/cache' })).toBe('/cache/riposte');
    expect(cacheFolder({})).toMatch(/riposte$/);
  });
});

/** A program that behaves as the emulator does: listens where `--bind` says, and has a child. */
const program = `#!${process.execPath}
const { createServer } = require('node:http');
const { spawn } = require('node:child_process');
const [host, port] = process.argv[process.argv.indexOf('--bind') + 1].split(':');
const child = spawn('sleep', ['100']);
createServer((request, response) => response.end(JSON.stringify({ child: child.pid, env: process.env }))).listen(Number(port), host);
`;

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<boolean> {
  for (let turn = 0; turn < 100 && isThere(pid); turn++) await sleep(20);
  return !isThere(pid);
}

describe('the emulator', () => {
  const settings = { proxyPort: 4242, accountId: '123456789012', region: 'us-east-1' };
  const env = { PATH: process.env.PATH ?? '' };

  it('is started in a folder of its own, and ended with its children and files', async () => {
    const python = await executable('python', program);
    const extra = join(folder, 'state.json');
    await writeFile(extra, '');
    const started = {
      ...settings,
      found: { kind: 'python' as const, python },
      env,
      remove: [extra],
    };
    const emulator = await startEmulator(started);
    const answer: { child: number; env: Record<string, string> } = JSON.parse(
      await (await fetch(emulator.endpoint)).text(),
    );
    expect(answer.env).toMatchObject({
      GATEWAY_PORT: '4242',
      LAMBDA_EXECUTOR: 'local',
      TMPDIR: emulator.temporary,
    });
    expect(emulator.pids.every(isThere)).toBe(true);
    await emulator.stop();
    await emulator.stop();
    expect(await gone(answer.child)).toBe(true);
    expect(emulator.pids.some(isThere)).toBe(false);
    expect(existsSync(extra)).toBe(false);
    expect(existsSync(emulator.temporary ?? '')).toBe(false);
  });

  it('is reported with what it said when it does not come up', async () => {
    const python = await executable('python', '#!/bin/sh\necho no such module >&2\nexit 3\n');
    const starting = startEmulator({ ...settings, found: { kind: 'python', python }, env });
    await expect(starting).rejects.toThrow(EmulatorError);
    await expect(starting).rejects.toMatchObject({ log: 'no such module\n' });
    await expect(starting).rejects.toThrow(/ended with 3|did not start: 3/);
  });

  it('is reported when it cannot be started at all', async () => {
    const found = { kind: 'python' as const, python: join(folder, 'nothing') };
    await expect(startEmulator({ ...settings, found, env })).rejects.toThrow(/ENOENT/);
  });

  it('is only asked whether it is there when it was given', async () => {
    const server = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
    await EventEmitter.once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const found = { kind: 'given' as const, endpoint: `http://127.0.0.1:${port}` };
    const emulator = await startEmulator({ ...settings, found, env });
    expect(emulator).toMatchObject({ endpoint: found.endpoint, pids: [] });
    await emulator.stop();
    expect(server.listening).toBe(true);
    server.close();
  });

  it('gets a port that nobody listens on', async () => {
    const [one, other] = [await freePort(), await freePort()];
    expect(one).toBeGreaterThan(0);
    expect(other).toBeGreaterThan(0);
  });
});

describe('a supervisor', () => {
  const task = (command: string, args: readonly string[]) => ({
    ...{ command, args, env: { PATH: process.env.PATH ?? '' } },
    ...{ log: join(folder, 'log'), remove: [] },
  });

  it('says why its command ended', async () => {
    const supervised = await supervise(task('sh', ['-c', 'echo last words; sleep 0.1; exit 7']));
    for (let turn = 0; turn < 100 && supervised.exit() === undefined; turn++) await sleep(20);
    expect(supervised.exit()).toEqual({ reason: '7', log: 'last words\n' });
    await supervised.stop();
  });

  it('has its command ended for it when it dies itself', async () => {
    const supervised = await supervise(task('sleep', ['100']));
    process.kill(supervised.supervisorPid, 'SIGKILL');
    expect(await gone(supervised.pid)).toBe(true);
  });
});
