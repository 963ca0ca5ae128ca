import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ByteSource } from '@riposte/inventory';
import type { Inventories } from './ports.ts';
import { s3Inventories } from './s3-inventories.ts';
import { diskSpool } from './spool.ts';
import { type FakeS3, fakeS3 } from './testing/fake-s3.ts';

const bucket = 'inventories';
const key = 'AWS:File/accountid=123456789012/i-0123456789abcdef0.json';

let folder: string;
let s3: FakeS3;
let inventories: Inventories;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riposte-spool-'));
  s3 = fakeS3();
  inventories = s3Inventories({ client: s3.client, spool: diskSpool(folder), inMemory: 8 });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const idsSince = async (versionId?: string) => {
  const { found, versions } = await inventories.since(bucket, key, versionId);
  return [found, versions.map((version) => version.versionId)];
};
const textOf = async (source: ByteSource | undefined) =>
  source && (await buffer(source.open())).toString();

describe('what S3 has stored of a key', () => {
  it("E8: keeps S3's order, whatever the times say", async () => {
    s3.put(key, { id: 'v1', at: '2026-11-24T10:00:00.000Z' });
    s3.put(key, { id: 'v2', at: '2026-11-24T09:00:00.000Z' });
    s3.put(key, { id: 'v3', at: '2026-11-24T10:00:00.000Z' });
    expect(await idsSince()).toEqual([true, ['v1', 'v2', 'v3']]);
    expect(await idsSince('v1')).toEqual([true, ['v2', 'v3']]);
    expect(await idsSince('v3')).toEqual([true, []]);
  });

  it('E9: leaves out other keys that begin like it', async () => {
    s3.put(key, { id: 'v1' });
    s3.put(`${key}.bak`, { id: 'other' });
    s3.put(`${key}.bak`, { id: 'v1' });
    s3.put(key, { id: 'v2' });
    expect(await idsSince()).toEqual([true, ['v1', 'v2']]);
    expect(await idsSince('other')).toEqual([false, ['v1', 'v2']]);
  });

  it('E10: is read page by page until the version is found, and no further', async () => {
    for (let at = 1; at <= 2_500; at += 1) s3.put(key, { id: `v${at}` });
    const { found, versions } = await inventories.since(bucket, key, 'v50');
    expect([found, versions.length, versions[0]?.versionId, versions.at(-1)?.versionId]).toEqual([
      ...[true, 2_450, 'v51', 'v2500'],
    ]);
    expect(s3.calls).toHaveLength(4);
    s3.calls.length = 0;
    expect(await idsSince('v2499')).toEqual([true, ['v2500']]);
    expect(s3.calls).toHaveLength(1);
  });

  it('E11: has delete markers between the versions, where they were set', async () => {
    s3.put(key, { id: 'v1' });
    s3.put(key, { id: 'gone', marker: true });
    s3.put(key, { id: 'v2' });
    s3.put(key, { id: 'gone-again', marker: true });
    const { versions } = await inventories.since(bucket, key, 'v1');
    expect(versions.map(({ versionId, deleteMarker }) => [versionId, deleteMarker])).toEqual([
      ...[['gone', true]],
      ...[['v2', false]],
      ...[['gone-again', true]],
    ]);
  });

  it('says that a version is not there any more, and what is', async () => {
    s3.put(key, { id: 'v2', body: '12345', at: '2026-11-24T10:00:00.000Z' });
    expect(await inventories.since(bucket, key, 'v1')).toEqual({
      found: false,
      versions: [
        { versionId: 'v2', storedAt: '2026-11-24T10:00:00.000Z', bytes: 5, deleteMarker: false },
      ],
    });
  });

  it('E13: of a bucket without versions is told apart by its content, so that what was replaced is missed', async () => {
    s3.put(key, { id: 'null', body: 'one' });
    const first = (await inventories.since(bucket, key, undefined)).versions[0]?.versionId ?? '';
    expect(await textOf(await inventories.open(bucket, key, first))).toBe('one');
    s3.remove(key);
    s3.put(key, { id: 'null', body: 'two' });
    const { found, versions } = await inventories.since(bucket, key, first);
    expect([found, versions.length]).toEqual([false, 1]);
    expect(await inventories.open(bucket, key, first)).toBeUndefined();
  });
});

describe('the bytes of a version', () => {
  it('S4: are fetched once and read as often as wanted: the small ones from memory', async () => {
    s3.put(key, { id: 'v1', body: 'small' });
    const source = await inventories.open(bucket, key, 'v1');
    expect([await textOf(source), await textOf(source)]).toEqual(['small', 'small']);
    expect(s3.calls).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('S3: are not held in memory where there are many: from the disk', async () => {
    s3.put(key, { id: 'v1', body: 'too large for the memory' });
    const source = await inventories.open(bucket, key, 'v1');
    expect([await textOf(source), await textOf(source)]).toEqual([
      'too large for the memory',
      'too large for the memory',
    ]);
    expect(s3.calls).toHaveLength(1);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('make room on the disk, and are fetched again where they are wanted after that', async () => {
    const sources: (ByteSource | undefined)[] = [];
    for (const id of ['v1', 'v2', 'v3']) {
      s3.put(key, { id, body: `the bytes of ${id}` });
      sources.push(await inventories.open(bucket, key, id));
    }
    expect(await readdir(folder)).toHaveLength(2);
    expect(await textOf(sources[0])).toBe('the bytes of v1');
    expect(s3.calls).toHaveLength(4);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('S7: may be compressed', async () => {
    s3.put(key, { id: 'v1', body: gzipSync('plain'), encoding: 'gzip' });
    const source = await inventories.open(bucket, key, 'v1');
    expect([await textOf(source), await textOf(source)]).toEqual(['plain', 'plain']);
  });

  it('that were to be compressed and are not cannot be read', async () => {
    s3.put(key, { id: 'v1', body: 'plain', encoding: 'gzip' });
    await expect(textOf(await inventories.open(bucket, key, 'v1'))).rejects.toThrow('header');
  });

  it('are none where the version is gone, or is a delete marker', async () => {
    s3.put(key, { id: 'v1', marker: true });
    expect(await inventories.open(bucket, key, 'v1')).toBeUndefined();
    expect(await inventories.open(bucket, key, 'v0')).toBeUndefined();
  });

  it('that may not be read are an error', async () => {
    s3.fail('AccessDenied', 403);
    await expect(inventories.open(bucket, key, 'v1')).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(inventories.since(bucket, key, 'v1')).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });
});
