import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { type FakeEvidence, fakeEvidence } from '../testing/fake-evidence.ts';
import { fakeTerminal, now } from '../testing/fakes.ts';
import { addEvidenceCommand } from './evidence-command.ts';

const at = '2026-11-23T10:00:00.000Z';
let cwd: string;
let evidence: FakeEvidence;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'riposte-evidence-'));
  evidence = fakeEvidence(now);
  evidence.store(at, 'bucket is public', '=cmd("x"), <script>alert(1)</script>\u202e');
});
afterEach(() => rm(cwd, { recursive: true }));

async function riposte(...argv: readonly string[]) {
  const terminal = fakeTerminal();
  let status = 0;
  const program = new Command('riposte').exitOverride();
  const opened: unknown[] = [];
  addEvidenceCommand(program, {
    terminal,
    cwd,
    openEvidence: async (options) => {
      opened.push(options);
      return evidence.ports;
    },
    exitWith: (code) => {
      status = code;
    },
  });
  await program.parseAsync(['evidence', ...argv], { from: 'user' });
  return { status, opened, out: terminal.printed.join('\n'), notes: terminal.notes.join('\n') };
}

describe('riposte evidence verify', () => {
  it('ends with 0 where all is proven', async () => {
    const { status, out, opened } = await riposte('verify', '--bucket', 'b', '--stage', 'prod');
    expect(status).toBe(0);
    expect(out).toContain('Proven: 2 objects');
    expect(opened).toMatchObject([{ bucket: 'b', stage: 'prod', since: '7d' }]);
  });

  it('ends with 1 where something is not, also as JSON', async () => {
    evidence.hide('manifests/000000/000000001.json', at);
    expect((await riposte('verify')).status).toBe(1);
    const { out, status } = await riposte('verify', '--json');
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ bucket: 'evidence', problems: [{ kind: 'deleted' }] });
  });

  it('refuses a time that is none', async () => {
    await expect(riposte('verify', '--since', 'soon')).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('riposte evidence index', () => {
  it('prints one line an object, with nothing hidden in it', async () => {
    const { out, status } = await riposte('index');
    expect(status).toBe(0);
    expect(out.split('\n')).toHaveLength(3);
    expect(out).toContain('bucket is public');
    expect(out).not.toContain('\u202e');
  });

  it('lists an object once that two manifests list', async () => {
    evidence.store('2026-11-24T10:00:00.000Z', 'again');
    const { rows } = JSON.parse((await riposte('index', '--json')).out);
    expect(rows.map((row: { readonly manifest: number }) => row.manifest)).toEqual([1, 1, 2]);
  });

  it('writes a page and a table, where titles are text and no formula', async () => {
    const { out } = await riposte('index', '--html', 'a.html', '--csv', 'a.csv');
    expect(out).toBe('Written: a.html (2 rows)\nWritten: a.csv (2 rows)');
    const page = await readFile(join(cwd, 'a.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\\u{202e}');
    expect(page).toContain('default-src &#39;none&#39;');
    const csv = await readFile(join(cwd, 'a.csv'), 'utf8');
    expect(csv).toContain(`"'=cmd(""x""), <script>alert(1)</script>\u202e"`);
    expect(csv.split('\r\n')).toHaveLength(4);
  });

  it('says so, on the page too, where the manifests are broken', async () => {
    evidence.replace('manifests/000000/000000001.json', '{}');
    const { status, notes } = await riposte('index', '--html', 'a.html');
    expect(status).toBe(1);
    expect(notes).toContain('it is not a manifest');
    expect(await readFile(join(cwd, 'a.html'), 'utf8')).toContain('broken: 1 problem');
  });

  it('says that there is nothing', async () => {
    evidence = fakeEvidence(now);
    expect((await riposte('index')).out).toBe('No evidence since 2026-11-17T14:00:00.000Z.');
  });
});
