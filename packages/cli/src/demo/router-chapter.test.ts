import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RuleSet } from '@riposte/rules';
import type { FindingSource } from '../rules/findings/finding-source.ts';
import { inDocument } from '../rules/findings/readings-of.ts';
import { readRuleSet } from '../rules/rule-folder.ts';
import { fakeDemo } from '../testing/fake-demo.ts';
import { fakeTerminal } from '../testing/fakes.ts';
import { runDemo } from './demo-command.ts';
import { enableWaitingRule, waitingRule, writeDemoRules } from './demo-rules.ts';
import { demoText } from './demo-text.ts';
import type { DemoWorld } from './demo-world.ts';
import { portScanFinding } from './port-scan-finding.ts';
import { quietProgress } from './progress.ts';
import type { RouterDesk } from './router-desk.ts';
import { previewRule } from './rule-preview.ts';

async function demo(router: Partial<RouterDesk> = {}, changes: Partial<DemoWorld> = {}) {
  const { world, did } = fakeDemo(changes, router);
  const report = await runDemo(quietProgress(fakeTerminal()), async () => world);
  return { report, did };
}

describe("the router's chapter", () => {
  it('shows a finding enriched, raised, ticketed and told once, and a rule that takes effect', async () => {
    const { report } = await demo();
    const [first, next] = [report.routed?.findingId, report.takesEffect?.findingId];
    expect(next).not.toBe(first);
    expect(report).toMatchObject({
      ok: true,
      routed: { providerSeverity: 'MEDIUM', severity: 'HIGH', team: 'payments', riskScore: 63 },
      ticket: { key: 'SEC-1', status: 'To Do', summary: `about ${first}` },
      told: { channel: 'alerts', subject: 'on alerts' },
      routedAgain: { delivered: 5, read: 5, writes: 0, tickets: 1, messages: 1 },
      preview: {
        ...{ rule: waitingRule, findings: 10, matched: 1 },
        changes: [{ field: 'severity', before: 'HIGH', after: 'CRITICAL' }],
        told: [{ channel: 'on-call', kind: 'message', findings: 1 }],
      },
      enabled: { rule: waitingRule },
      takesEffect: { severity: 'CRITICAL', ticket: 'SEC-2', subject: 'on on-call', messages: 1 },
    });
    expect(demoText(report)).toContain('MEDIUM severity became HIGH');
    expect(demoText(report)).toContain('made the next one CRITICAL');
  });

  it.each<[string, RegExp, Partial<RouterDesk>, Partial<DemoWorld>]>([
    [
      'Deploy finding-router',
      /no disk/,
      { deploy: () => Promise.reject(new Error('no disk')) },
      {},
    ],
    ['the owner and the risk', /no owner/, {}, { finding: bare }],
    ['one ticket', /2 tickets were made/, { tickets: async () => [ticket, ticket] }, {}],
    ['five times more', /5 duplicates led to 1 writes/, { writes: counting() }, {}],
    ['Preview', /not all could be previewed: no V2/, { preview: preview({ gaps: ['no V2'] }) }, {}],
    ['Preview', /would match none of 10/, { preview: preview({ matched: 0 }) }, {}],
  ])('fails at "%s" when what it promises is not so', async (step, reason, router, changes) => {
    const { report, did } = await demo(router, changes);
    expect(report).toMatchObject({
      ok: false,
      failed: { step: expect.stringContaining(step), reason: expect.stringMatching(reason) },
    });
    expect(did.at(-1)).toBe('stop');
  });

  it('fails when the preview is not one', async () => {
    const { world } = fakeDemo();
    let isPreviewed = false;
    const { report } = await demo(
      {
        preview: async (rule) => {
          isPreviewed = true;
          return world.router.preview(rule);
        },
      },
      {
        finding: async (id) => {
          const finding = await world.finding(id);
          return finding && isPreviewed ? { ...finding, severity: 'LOW' } : finding;
        },
      },
    );
    expect(report.failed?.reason).toMatch(/the preview has done something/);
  });
});

describe("the demo's rules", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-rules-'));
    await writeDemoRules(folder, 'http://127.0.0.1:1');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('can be read, and one of them waits', async () => {
    const { ruleSet, problems } = await readRuleSet(folder, folder);
    expect(problems).toEqual([]);
    expect(enabledIn(ruleSet)).toEqual(['threats/Threats by their risk']);
    await enableWaitingRule(folder);
    expect(enabledIn((await readRuleSet(folder, folder)).ruleSet)).toContain(waitingRule);
  });

  it('would do to a finding what the preview says', async () => {
    const home = { accountId: '123456789012', region: 'eu-west-1' };
    const findings = inDocument(portScanFinding(home, 'i-1'), 'here');
    const source: FindingSource = {
      ...{ name: 'one finding', from: 'live', gaps: [] },
      async *read() {
        yield findings;
      },
    };
    const now = new Date();
    expect(await previewRule(waitingRule, { folder, source, now })).toEqual({
      ...{ findings: 1, matched: 1, gaps: [] },
      changes: [{ field: 'severity', before: 'MEDIUM', after: 'CRITICAL' }],
      told: [{ channel: 'on-call', kind: 'message', findings: 1 }],
    });
  });
});

function enabledIn({ packs }: RuleSet): readonly string[] {
  return packs.flatMap(({ rules }) => rules.filter(({ enabled }) => enabled).map(({ id }) => id));
}

const ticket = { key: 'SEC-1', status: 'To Do', summary: 's' };

async function bare(id: string) {
  const fields: Readonly<Record<string, string>> = {};
  const { world } = fakeDemo();
  return { ...(await world.finding(id)), severity: 'HIGH', providerSeverity: 'LOW', fields };
}

function counting(): RouterDesk['writes'] {
  let count = 0;
  return async () => count++;
}

function preview(changes: Partial<Awaited<ReturnType<RouterDesk['preview']>>>) {
  return async (rule: string) => ({ ...(await fakeDemo().world.router.preview(rule)), ...changes });
}
