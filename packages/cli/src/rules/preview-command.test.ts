import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type SecurityHub, startSecurityHub } from '@riposte/local-stage';
import { asffFinding, manyFindings } from '@riposte/testing';
import { type RulesDesk, rulesDesk, sampleChannels, samplePack } from '../testing/rules-desk.ts';
import { hubPorts } from './open-security-hub.ts';

let desk: RulesDesk;

beforeEach(async () => {
  desk = await rulesDesk();
  await desk.write({ 'rules/a.rules.yaml': samplePack, 'rules/channels.yaml': sampleChannels });
});
afterEach(() => desk.clear());

const findings = manyFindings(10);
const lines = findings.map((finding) => JSON.stringify(finding)).join('\n');

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('riposte rules preview', () => {
  it('previews the findings of a file', async () => {
    await desk.write({ 'findings.jsonl': lines });
    const { out, status } = await desk.rules(['preview', 'rules', '--findings', 'findings.jsonl']);
    expect(status).toBe(0);
    expect(out).toContain('MATCHES  1 of 2 rules');
    expect(out).toMatch(/severity\s+HIGH\s+CRITICAL/);
    expect(out).toMatch(/sample\/tell\s+not enabled/);
  });

  it('previews findings of standard input as one JSON document', async () => {
    const argv = ['preview', 'rules', '--findings', '-', '--json', '--at', '2026-11-24T14:00:00Z'];
    const { out } = await desk.rules(argv, { input: bytes(lines) });
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      at: '2026-11-24T14:00:00.000Z',
      rules: { folder: 'rules', packs: 1, rules: 2 },
      source: { from: 'file', name: 'standard input' },
      findings: { total: 10 },
    });
  });

  it.each([['sample/tell'], ['sample/*'], ['*']])(
    'shows what rules would do once they are enabled: %s',
    async (rule) => {
      const argv = ['preview', 'rules', '--findings', '-', '--enable', rule];
      const { out } = await desk.rules(argv, { input: bytes(lines) });
      expect(out).toContain('MATCHES  2 of 2 rules');
      expect(out).toMatch(/alerts\s+sns message/);
    },
  );

  it('writes a page', async () => {
    const argv = ['preview', 'rules', '--findings', '-', '--html', 'preview.html'];
    const { out } = await desk.rules(argv, { input: bytes(lines) });
    expect(out).toContain('preview.html');
    expect(await readFile(join(desk.folder, 'preview.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  it.each([
    ['neither findings nor --live', [], '--findings'],
    ['both', ['--findings', '-', '--live'], '--findings'],
    ['a file that is not there', ['--findings', 'nowhere.json'], '--findings'],
    ['an age that is none', ['--live', '--since', 'x'], '--since'],
    ['a time that is none', ['--findings', '-', '--at', 'noon'], '--at'],
    ['a rule that there is not', ['--findings', '-', '--enable', 'sample/x'], '--enable'],
  ])('refuses %s', async (_what, argv, field) => {
    await expect(desk.rules(['preview', 'rules', ...argv])).rejects.toMatchObject({
      field,
      exitCode: 2,
    });
  });

  it('refuses rules that have errors, and says where', async () => {
    await desk.write({ 'rules/b.rules.yaml': 'pack: b\nrules: [{ nam: a }]' });
    await expect(desk.rules(['preview', 'rules', '--findings', '-'])).rejects.toMatchObject({
      name: 'RuleFolderError',
      message: expect.stringMatching(/b\.rules\.yaml:2:\d+ error/),
    });
  });
});

describe('riposte rules preview --live', () => {
  let hub: SecurityHub;
  let client: SecurityHubClient;
  const scope = { accountId: '123456789012', region: 'eu-west-1' };
  const start = async (options: { readonly enabled?: boolean; readonly v2?: boolean }) => {
    hub = await startSecurityHub({
      ...options,
      clock: () => new Date('2026-11-24T12:00:00Z'),
      publish: async () => undefined,
    });
    client = new SecurityHubClient({
      endpoint: hub.endpoint,
      region: scope.region,
      credentials: { accessKeyId: scope.accountId, secretAccessKey: 'local' },
    });
  };
  const live = (...argv: readonly string[]) =>
    desk.rules(['preview', 'rules', '--live', '--at', '2026-11-24T14:00:00Z', ...argv], {
      openSecurityHub: async () => hubPorts(client),
    });
  const updatedAt = (at: number) =>
    asffFinding({
      Id: `f${at}`,
      UpdatedAt: new Date(Date.UTC(2026, 10, 23, 0, at)).toISOString(),
    });

  afterEach(async () => {
    client.destroy();
    await hub.stop();
  });

  it('reads every page of both APIs, and counts a finding that both have once', async () => {
    await start({ v2: true });
    const documents = Array.from({ length: 230 }, (_, at) => updatedAt(at));
    for (let at = 0; at < documents.length; at += 100)
      await hub.importAsff(documents.slice(at, at + 100), scope);
    const { out, notes } = await live('--json');
    const report = JSON.parse(out);
    expect(report.source).toEqual({
      from: 'live',
      name: 'Security Hub',
      since: '2026-11-17T14:00:00.000Z',
      gaps: [],
    });
    expect(report.findings.byFormat).toEqual({ asff: 230, ocsf: 230 });
    expect(report.findings.total).toBe(230);
    expect(notes).toContain('Reading findings of Security Hub updated since 7d');
  });

  it('reads only what was updated since', async () => {
    await start({});
    const old = asffFinding({ Id: 'old', UpdatedAt: '2026-11-01T00:00:00Z' });
    await hub.importAsff([old, updatedAt(1)], scope);
    expect(JSON.parse((await live('--json', '--since', '2d')).out).findings.total).toBe(1);
  });

  it('says which of the two services is not enabled, and goes on with the other', async () => {
    await start({});
    await hub.importAsff([updatedAt(1)], scope);
    const { out } = await live();
    expect(out).toContain('Security Hub (OCSF) is not enabled in this account and Region');
    expect(out).toContain('1 finding in 1 account');
  });

  it('refuses where neither is enabled', async () => {
    await start({ enabled: false });
    await expect(live()).rejects.toMatchObject({
      name: 'AwsCallError',
      message: expect.stringContaining('Security Hub CSPM (ASFF) is not enabled'),
    });
  });
});
