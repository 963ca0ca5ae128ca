import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AsffFinding } from '@riposte/findings';
import {
  baselineFinding,
  changeFindings,
  coverageFinding,
  inventoryType,
  type LedgerEntry,
  manyFindingId,
  ownFindingId,
} from '@riposte/inventory';
import { bucket, inventory } from './testing/sample-messages.ts';
import { type AnswerRow, type SecurityLake, securityLake } from './testing/security-lake.ts';
import { securityLakeRow } from './testing/security-lake-row.ts';

const hour = 3_600_000;
/** Whole hours before now, as findings write times. */
const ago = (hours: number) => new Date(Date.now() - hours * hour).toISOString();

const first = { bucket, key: inventory };
const second = { bucket, key: { ...inventory, node: 'mi-0123456789abcdef0' } };
type Place = typeof first;

interface Told {
  readonly place?: Place;
  readonly hours: number;
  readonly recordState?: 'ACTIVE' | 'ARCHIVED';
}

function entryOf(name: string, hours: number, more: Partial<LedgerEntry> = {}): LedgerEntry {
  const seen = (versionId: string, at: number) => ({ versionId, at: ago(at) });
  const thing = (Size: string) => [{ identity: name, name, attributes: { Size } }];
  return {
    ...{ identity: name, name, before: thing('23'), after: thing('9912'), changes: 1, signals: [] },
    since: { from: seen('v1', hours + 1), to: seen('v2', hours) },
    ...{ last: seen('v2', hours), openedAt: ago(hours), rule: 'payment/config', severity: 'high' },
    ...more,
  };
}

/** What Security Hub is told of entries that differ, or differed. */
function findingsOf(entries: readonly LedgerEntry[], told: Told): readonly AsffFinding[] {
  const { place = first, hours, recordState = 'ACTIVE' } = told;
  const ledger = new Map(entries.map((entry) => [entry.identity, entry]));
  const type = inventoryType('AWS:File');
  const scene = {
    ...{ place, type, versionId: 'v2', updatedAt: ago(hours), evidenceBucket: 'evidence' },
    ending: 'it is as approved again',
  };
  const [before, after] = recordState === 'ACTIVE' ? [new Map(), ledger] : [ledger, new Map()];
  return changeFindings(before, after, scene).findings;
}

function own(name: string, told: Told, more: Partial<LedgerEntry> = {}): readonly AsffFinding[] {
  const findingId = ownFindingId(told.place ?? first, name);
  return findingsOf([entryOf(name, told.hours, { findingId, ...more })], told);
}

const config = '/etc/paymentapp/config.yaml';
const many = Array.from({ length: 30 }, (_, at) => `/usr/bin/tool-${at}`);
const node = { kind: 'node', ...inventory, name: inventory.node } as const;
const gap = { subject: node, problem: 'not-reporting' } as const;

/** In the order in which they were told. */
const told: readonly AsffFinding[] = [
  ...own(config, { hours: 50 }),
  ...own('/etc/passwd', { hours: 49 }, { severity: 'critical', signals: ['time-went-backwards'] }),
  ...own('/etc/shadow', { hours: 48 }),
  ...own('/etc/shadow', { hours: 40, recordState: 'ARCHIVED' }),
  ...own(config, { hours: 30 }, { openedAt: ago(50), changes: 2 }),
  ...own(config, { place: second, hours: 20 }, { severity: 'low' }),
  ...findingsOf(
    many.map((name) =>
      entryOf(name, 10, {
        findingId: manyFindingId(second, 'system/programs', 'v2'),
        ...{ rule: 'system/programs', severity: 'medium' },
      }),
    ),
    { place: second, hours: 10 },
  ),
  baselineFinding({
    ...{ place: second, baseline: { versionId: 'v1', at: ago(72) } },
    ...{ createdAt: ago(72), updatedAt: ago(72) },
  }),
  coverageFinding({ ...gap, since: ago(9), updatedAt: ago(9) }),
  coverageFinding({ ...gap, since: ago(9), updatedAt: ago(4), isOver: true }),
  coverageFinding({
    subject: { ...node, kind: 'bucket', name: bucket },
    ...{ problem: 'versioning-off', since: ago(6), updatedAt: ago(6) },
  }),
];

const sql = (name: string) =>
  readFileSync(new URL(`../queries/${name}.sql`, import.meta.url), 'utf8');

let lake: SecurityLake;

beforeAll(async () => {
  const guardDuty = securityLakeRow(told[0] ?? own(config, { hours: 1 })[0] ?? assertNever());
  const feature = { uid: 'arn:aws:guardduty:us-east-1:123456789012:detector/1' };
  const foreign = {
    ...guardDuty,
    finding_info: { ...guardDuty.finding_info, uid: 'of GuardDuty' },
    metadata: { ...guardDuty.metadata, product: { ...guardDuty.metadata.product, feature } },
    unmapped: { RecordState: 'ACTIVE' },
  };
  // Security Lake, too, delivers at least once.
  lake = await securityLake(
    [...told, ...told.slice(0, 3)].map((one) => securityLakeRow(one)).concat(foreign),
  );
});

afterAll(() => lake?.close());

function assertNever(): never {
  throw new RangeError('no finding');
}

/** Some columns of an answer, row by row. */
const columns = (rows: readonly AnswerRow[], ...names: readonly string[]) =>
  rows.map((row) => names.map((name) => row[name]));

describe('the queries over Security Lake', () => {
  it('name what differs now, by node', async () => {
    const rows = await lake.ask(sql('files-by-node'));
    expect(columns(rows, 'node', 'name', 'change', 'severity', 'rule')).toEqual([
      [inventory.node, '/etc/passwd', 'modified', 'Critical', 'payment/config'],
      [inventory.node, config, 'modified', 'High', 'payment/config'],
      [
        second.key.node,
        expect.stringMatching(/^30 changes at once/),
        'many',
        'Medium',
        'system/programs',
      ],
      [second.key.node, config, 'modified', 'Low', 'payment/config'],
    ]);
    expect(rows[0]).toMatchObject({
      signals: 'time-went-backwards',
      resource: `arn:aws:ec2:us-east-1:123456789012:instance/${inventory.node}`,
    });
  });

  it('tell the history of a path, of many that changed at once too', async () => {
    const history = await lake.ask(sql('history-of-a-path'), '/etc/shadow');
    expect(columns(history, 'node', 'change', 'record_state', 'status')).toEqual([
      [inventory.node, 'modified', 'ARCHIVED', 'New'],
      [inventory.node, 'modified', 'ACTIVE', 'New'],
    ]);
    expect(history[0]).toMatchObject({ before: expect.stringContaining('"Size":"23"') });
    const one = await lake.ask(sql('history-of-a-path'), '/usr/bin/tool-7');
    expect(columns(one, 'node', 'change')).toEqual([[second.key.node, 'many']]);
    expect(await lake.ask(sql('history-of-a-path'), '/usr/bin/tool')).toEqual([]);
    expect(await lake.ask(sql('history-of-a-path'), '/bin/tool-7')).toEqual([]);
  });

  it('tell how old drift is that nobody has approved, and baselines', async () => {
    const rows = await lake.ask(sql('age-of-drift'));
    expect(
      columns(rows, 'node', 'what', 'name').map(([at, what, name]) => [
        at,
        what,
        String(name).slice(0, 20),
      ]),
    ).toEqual([
      [second.key.node, 'baseline', 'Baseline not approve'],
      [inventory.node, 'drift', config.slice(0, 20)],
      [inventory.node, 'drift', '/etc/passwd'],
      [second.key.node, 'drift', config.slice(0, 20)],
      [second.key.node, 'drift', '30 changes at once o'],
    ]);
    expect(Number(rows[0]?.days)).toBe(3);
    expect(Number(rows.at(-1)?.days)).toBeLessThanOrEqual(1);
  });

  it('tell what kept things from being watched, what lasts first', async () => {
    const rows = await lake.ask(sql('coverage-gaps'));
    expect(columns(rows, 'problem', 'resource')).toEqual([
      ['versioning-off', `arn:aws:s3:::${bucket}`],
      ['not-reporting', `arn:aws:ec2:us-east-1:123456789012:instance/${inventory.node}`],
    ]);
    const [lasting, over] = rows;
    expect([lasting?.until, Number(over?.hours)]).toEqual([null, 5]);
    expect(over?.until).not.toBeNull();
  });

  it('name the nodes with the most that differs', async () => {
    const rows = await lake.ask(sql('top-nodes'));
    const numbers = columns(rows, 'node', 'things', 'findings', 'critical', 'high', 'lower');
    expect(numbers.map(([at, ...counts]) => [at, ...counts.map(Number)])).toEqual([
      [second.key.node, 31, 2, 0, 0, 2],
      [inventory.node, 2, 2, 1, 1, 0],
    ]);
  });
});

describe('a finding in Security Lake', () => {
  const [changed] = own(config, { hours: 1 });

  it('is a Detection Finding, with its fields where the mapping of Security Hub puts them', () => {
    if (!changed) throw new RangeError('no finding');
    const row = securityLakeRow(changed);
    expect(row).toMatchObject({
      ...{ class_uid: 2004, class_name: 'Detection Finding', category_uid: 2, type_uid: 200_401 },
      ...{ severity: 'High', severity_id: 4, status: 'New', time: Date.parse(changed.UpdatedAt) },
      cloud: { account: { uid: '123456789012' }, provider: 'AWS', region: 'us-east-1' },
      finding_info: {
        ...{ uid: changed.Id, title: changed.Title, types: ['Unusual Behaviors/VM'] },
        ...{ created_time_dt: changed.CreatedAt, modified_time_dt: changed.UpdatedAt },
      },
      metadata: {
        product: {
          feature: { uid: 'riposte/fim-detector/payment/config' },
          name: 'Riposte file integrity monitoring',
          vendor_name: 'Riposte',
        },
        version: '1.1.0',
      },
      resources: [{ type: 'AwsEc2Instance', region: 'us-east-1', cloud_partition: 'aws' }],
      unmapped: {
        ...{ RecordState: 'ACTIVE', 'ProductFields.riposte/fim/name': config },
        'FindingProviderFields.Severity.Label': 'HIGH',
      },
    });
  });

  it('is an update from the second time on, with what people made of it', () => {
    if (!changed) throw new RangeError('no finding');
    const later = {
      ...changed,
      UpdatedAt: new Date(Date.parse(changed.UpdatedAt) + 1).toISOString(),
    };
    expect(securityLakeRow(later, { workflow: 'RESOLVED' })).toMatchObject({
      ...{ activity_id: 2, activity_name: 'Update', type_uid: 200_402, status: 'Resolved' },
    });
  });
});
