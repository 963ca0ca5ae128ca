import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { manyFindings } from '@riposte/testing';
import { ruleFiles } from './rules-preview/rule-files.ts';

jest.setTimeout(120_000);

const execute = promisify(execFile);
const cli = fileURLToPath(new URL('../packages/cli/', import.meta.url));

/** The system's own Node and npm, not those of the project; the project's where the system has none. */
const systemPath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter);
const env = Object.fromEntries(
  Object.entries({ ...process.env, PATH: systemPath }).filter(
    ([name]) => !/^(npm_|AWS_|NODE_OPTIONS|RIPOSTE_)/i.test(name),
  ),
);

interface Ended {
  readonly status: number;
  readonly out: string;
  readonly notes: string;
}

async function run(command: string, argv: readonly string[], cwd: string): Promise<Ended> {
  return execute(command, [...argv], {
    cwd,
    env: { ...env, AWS_EC2_METADATA_DISABLED: 'true' },
  }).then(
    ({ stdout, stderr }) => ({ status: 0, out: stdout, notes: stderr }),
    ({ code, stdout, stderr }) => ({ status: code, out: stdout, notes: stderr }),
  );
}

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riposte-installed-'));
  const packed = await run('npm', ['pack', '--pack-destination', folder], cli);
  const [tarball = packed.notes] = (await readdir(folder)).filter((file) => file.endsWith('.tgz'));
  const install = ['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`];
  const installed = await run('npm', install, folder);
  expect(installed).toMatchObject({ status: 0 });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const riposte = (...argv: readonly string[]) =>
  run(join(folder, 'node_modules', '.bin', 'riposte'), argv, folder);

describe('the installed riposte', () => {
  it('brings nothing but itself', async () => {
    expect(await readdir(join(folder, 'node_modules', '@riposte'))).toEqual(['cli']);
    const others = (await readdir(join(folder, 'node_modules'))).filter(
      (name) => !name.startsWith('.'),
    );
    expect(others).toEqual(['@riposte']);
    expect((await readdir(join(folder, 'node_modules', '@riposte', 'cli'))).sort()).toEqual([
      'dist',
      'package.json',
    ]);
  });

  it("says its version on the system's Node, and nothing else", async () => {
    expect(await riposte('--version')).toEqual({ status: 0, out: '0.1.0\n', notes: '' });
  });

  it('explains itself and each command', async () => {
    expect((await riposte('--help')).out).toContain('Exit status');
    for (const command of ['responses', 'trail', 'doctor', 'rules', 'stage', 'demo']) {
      expect(await riposte(command, '--help')).toMatchObject({ status: 0, notes: '' });
    }
  });

  it('checks rules, previews them and follows a finding through them, without AWS', async () => {
    await mkdir(join(folder, 'rules'));
    for (const [name, text] of Object.entries(ruleFiles(10)))
      await writeFile(join(folder, 'rules', name), text);
    const findings = manyFindings(10).map((finding) => JSON.stringify(finding));
    await writeFile(join(folder, 'findings.jsonl'), findings.join('\n'));
    expect(await riposte('rules', 'check', 'rules')).toMatchObject({ status: 0, notes: '' });
    const preview = await riposte('rules', 'preview', 'rules', '--findings', 'findings.jsonl');
    expect(preview).toMatchObject({ status: 0, out: expect.stringContaining('10 findings') });
    const route = await riposte('rules', 'route', 'findings.jsonl', 'rules');
    expect(route).toMatchObject({ status: 0, out: expect.stringContaining('many/rule-') });
  });

  it('names what is wrong with a command line', async () => {
    expect(
      await riposte('responses', 'list', '--since', 'soon', '--region', 'eu-west-1'),
    ).toMatchObject({
      status: 2,
      notes: expect.stringContaining('--since'),
    });
    expect(await riposte('responses', 'list')).toMatchObject({
      status: 2,
      notes: expect.stringContaining('--region'),
    });
  });

  it.each([['stage', 'up'], ['stage', 'down'], ['demo']])(
    'says that %s %s needs a checkout',
    async (...argv) => {
      expect(await riposte(...argv)).toMatchObject({
        status: 1,
        out: '',
        notes: expect.stringContaining('checkout of Riposte'),
      });
    },
  );
});
