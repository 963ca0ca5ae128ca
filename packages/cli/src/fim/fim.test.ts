import { describe, expect, it } from '@jest/globals';
import type { Approval } from '@riposte/inventory';
import {
  seenAt as at,
  driftedFile as drifted,
  driftedNode as node,
  fakeFim as ports,
  inventoryOfNode as tracked,
  inventoryWithLedger as withLedger,
} from '../testing/fake-fim.ts';
import { caller } from '../testing/fakes.ts';
import { type ApproveRequest, giveApprovals, planApproval } from './approve-drift.ts';
import { outcomeText, planText } from './approve-text.ts';
import { diffText, fimDiff } from './fim-diff.ts';
import { fimHistory, historyText } from './fim-history.ts';
import { fimStatus, statusTable } from './fim-status.ts';

const request = (changes: Partial<ApproveRequest> = {}): ApproveRequest => ({
  ...{ node, names: [], reason: 'change 4711' },
  ...changes,
});

describe('riposte fim status', () => {
  const odd = tracked({ coverage: { 'near-limit': at } }, 'AWS:Service');
  const inventories = [tracked(), { ...withLedger, key: { ...withLedger.key, node: 'mi-1' } }, odd];

  it('shows what differs and what is not watched, and counts the rest', async () => {
    const status = await fimStatus({}, ports({ inventories }).fake);
    expect(status.inOrder).toBe(1);
    expect(status.inventories).toMatchObject([
      { type: 'AWS:Service', problems: { 'near-limit': at }, drift: 0 },
      { node: '123456789012/eu-west-1/mi-1', drift: 1, baseline: 'approved' },
    ]);
    expect(statusTable(status)).toContain('near-limit');
    expect(statusTable(status)).toContain('2 shown, 1 of them in order');
  });

  it('shows all of them, or all of one node, where asked', async () => {
    const { fake } = ports({ inventories });
    expect((await fimStatus({ all: true }, fake)).inventories).toHaveLength(3);
    expect((await fimStatus({ node }, fake)).inventories).toHaveLength(2);
    expect(
      (await fimStatus({ node: `123456789012/eu-west-1/${node}` }, fake)).inventories,
    ).toHaveLength(2);
    expect((await fimStatus({ type: 'AWS:Service' }, fake)).inventories).toHaveLength(1);
  });

  it('says when nothing has been seen, all is in order, or a node is not known', async () => {
    expect(statusTable(await fimStatus({}, ports({ inventories: [] }).fake))).toMatch(
      /No inventory/,
    );
    expect(statusTable(await fimStatus({}, ports({ inventories: [tracked()] }).fake))).toMatch(
      /^All 1/,
    );
    await expect(fimStatus({ node: 'i-x' }, ports().fake)).rejects.toThrow('no inventory of i-x');
    await expect(fimStatus({ node, type: 'AWS:Tag' }, ports().fake)).rejects.toThrow('AWS:Tag');
  });
});

describe('riposte fim diff', () => {
  it('shows what changed, between when and when, and by which rule', async () => {
    const text = diffText(await fimDiff({ node }, ports().fake));
    expect(text).toContain('~ /etc/paymentapp/config.yaml');
    expect(text).toContain('high by payments');
    expect(text).toContain('Size: 23 -> 41');
    expect(text).not.toContain('ModificationTime:');
  });

  it('shows what came and what went, signals, exceptions, and names that would fool a terminal', async () => {
    const made = drifted('/etc/\u001b[2Jx', { before: [], signals: ['time-in-future'] });
    const gone = drifted('/etc/gone', { after: [], exception: { approvalId: 'a', until: at } });
    const { rule: _rule, severity: _severity, ...unnamed } = drifted('/tmp/x');
    const world = { ledgers: { l2: [made, gone, unnamed] } };
    const text = diffText(await fimDiff({ node }, ports(world).fake));
    expect(text).toContain('+ /etc/');
    expect(text).not.toContain('\u001b');
    expect(text).toContain('time-in-future');
    expect(text).toContain(`approved until ${at}`);
    expect(text).toContain('no rule names it');
  });

  it('says that a node is as approved', async () => {
    const text = diffText(await fimDiff({ node }, ports({ inventories: [tracked()] }).fake));
    expect(text).toContain('as approved');
  });
});

describe('riposte fim approve', () => {
  it('is bound to what was seen, in the name of whoever runs it', async () => {
    const { fake, approved, sent } = ports({ revisionAfter: 2 });
    const planned = await planApproval(request({ for: '8h' }), fake);
    expect(planText(planned)).toContain('~ /etc/paymentapp/config.yaml');
    expect(await giveApprovals(planned, 60_000, fake)).toBe('applied');
    expect(approved).toMatchObject([
      { versionId: 'v2', by: caller, why: 'change 4711', until: '2026-11-24T22:00:00.000Z', node },
    ]);
    expect(approved[0]?.id).toMatch(/^fim-20261124T140000000Z-/);
    expect(sent).toEqual([
      expect.objectContaining({ riposte: 'look', reason: 'approval', bucket: 'inventories' }),
    ]);
    expect(outcomeText(planned, 'applied')).toBe(
      'Approved: 1 difference of 1 inventory. The findings are resolved.',
    );
  });

  it('covers the names that were given, and no others', async () => {
    const entries = [drifted('/etc/a'), drifted('/etc/b'), drifted('/opt/c')];
    const { fake } = ports({ ledgers: { l2: entries } });
    const covered = async (...names: readonly string[]) =>
      (await planApproval(request({ names }), fake)).flatMap((one) =>
        one.covered.entries.map(({ name }) => name),
      );
    expect(await covered('/etc/a')).toEqual(['/etc/a']);
    expect(await covered('/etc/*')).toEqual(['/etc/a', '/etc/b']);
    await expect(covered('/var/*')).rejects.toThrow('nothing that differs');
  });

  it('approves a baseline that nobody has approved yet', async () => {
    const first = tracked({ baseline: { versionId: 'v1', at } });
    const planned = await planApproval(request(), ports({ inventories: [first] }).fake);
    expect(planText(planned)).toContain('the baseline that was seen first');
    await expect(
      planApproval(request(), ports({ inventories: [tracked()] }).fake),
    ).rejects.toMatchObject({ name: 'RefusedError' });
  });

  it('says when the detector has not taken it in yet', async () => {
    const { fake, waited } = ports();
    const planned = await planApproval(request(), fake);
    expect(await giveApprovals(planned, 3000, fake)).toBe('waiting');
    expect(waited()).toBe(3000);
    expect(outcomeText(planned, 'waiting')).toContain('has not taken it in yet');
  });

  it.each([
    [{ reason: ' ' }, '--reason'],
    [{ for: '8h', until: at }, '--for, --until'],
    [{ for: 'long' }, '--for'],
    [{ until: 'soon' }, '--until'],
    [{ until: '2026-11-24T13:59:00Z' }, '--until'],
  ])('refuses %j', async (changes, field) => {
    await expect(planApproval(request(changes), ports().fake)).rejects.toMatchObject({ field });
  });
});

describe('riposte fim history', () => {
  const approval: Approval = {
    ...{ id: 'fim-2', account: '123456789012', region: 'eu-west-1', node, type: 'AWS:File' },
    ...{ prefix: '', versionId: 'v3', names: ['/etc/a'], by: caller, why: 'change 4711' },
    at: '2026-11-24T13:30:00.000Z',
  };
  const kept = [
    { key: 'l1', at: '2026-11-24T13:10:00.000Z' },
    { key: 'l2', at: '2026-11-24T13:20:00.000Z' },
    { key: 'l3', at: '2026-11-24T13:40:00.000Z' },
  ];
  const ledgers = {
    l1: [drifted('/etc/a'), drifted('/etc/b')],
    l2: [
      drifted('/etc/a', { changes: 2 }),
      ...Array.from({ length: 12 }, (_, n) => drifted(`/n${n}`)),
    ],
    l3: [drifted('/etc/a', { changes: 2 })],
  };
  const world = { kept, ledgers, approvals: [approval, { ...approval, type: 'AWS:Service' }] };

  it('says what began, changed again and ended, and who approved what', async () => {
    const items = await fimHistory({ node, most: 20 }, ports(world).fake);
    expect(items.map(({ what, text }) => [what, text])).toEqual([
      ['baseline', 'baseline, version v1'],
      ['drift', '2 differences began'],
      ['drift', '12 differences began, 1 changed again, 1 ended'],
      ['approval', `/etc/a approved by ${caller}: change 4711`],
      ['drift', '12 ended'],
    ]);
    const text = historyText(items);
    expect(text).toContain('    + /etc/a');
    expect(text).toContain('    = /etc/b');
    expect(text).toContain('    + and 2 more');
  });

  it('tells of the newest steps against the one before them', async () => {
    const items = await fimHistory({ node, most: 1 }, ports(world).fake);
    expect(items.filter(({ what }) => what === 'drift').map(({ text }) => text)).toEqual([
      '12 ended',
    ]);
  });
});
