import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { asffFinding, ocsfFinding } from '@riposte/testing';
import { dynamoStates } from '../dynamo-states.ts';
import type { EvidenceBucket } from '../evidence/store-evidence.ts';
import type { QueuedMessage } from '../finding-state.ts';
import { keepEvidence } from '../keep-evidence.ts';
import { routeFindings } from '../route-findings.ts';
import type { Item } from '../table.ts';
import { MemoryTable } from '../testing/memory-table.ts';
import { asffEvent, ocsfEvent, routeWorld, ruleThat } from '../testing/route-world.ts';
import { documentOf } from './document-of.ts';
import { dynamoDocuments } from './dynamo-documents.ts';
import { setAside } from './set-aside.ts';

/** What an item and a message take. */
const mostItem = 400_000;
const mostMessage = 1_048_576;
const clock = () => new Date('2026-11-25T10:00:00.000Z');
const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** Text that no compression makes shorter than three quarters. */
function noise(length: number): string {
  let text = '';
  for (let at = 0; text.length < length; at++) {
    text += createHash('sha512').update(String(at)).digest('base64');
  }
  return text.slice(0, length);
}

/** As large as Security Hub takes one, and as large as an event can be. */
const greatest = [
  ['in ASFF, of 240 KB', asffEvent(asffFinding({ Description: noise(236_000) }))],
  ['in OCSF, of 1 MB', ocsfEvent(ocsfFinding({ unmapped: { noise: noise(1_040_000) } }))],
  [
    'in OCSF, with a title and a resource of 500 KB each',
    ocsfEvent(
      ocsfFinding({
        finding_info: { uid: 'f', title: noise(500_000) },
        resources: [{ uid: noise(500_000), type: 'Other' }],
      }),
    ),
  ],
] as const;

describe.each(greatest)('the greatest finding %s', (_form, event) => {
  const kept = ruleThat('kept', { evidence: {} }, { evidence: { frameworks: ['cis'] } });
  const handed = ruleThat('handed', { queue: { url: 'q' } }, { invoke: { function: 'f' } });
  const rules = [kept, handed, ruleThat('told', { notify: { channel: 'soc' } })];
  const { detail } = Object(event);
  const [finding] = Object(detail).findings;

  it('leaves when it can, though nothing could be sent at first', async () => {
    const world = routeWorld(() => rules);
    const states = dynamoStates(world.table, clock);
    const route = routeFindings({ ...world.ports, states });
    const message = { id: 'm', body: event, sentAt: clock(), receiveCount: 1 };
    world.failSends = 1;
    expect([...(await route([message])).keys()]).toEqual(['m']);
    expect(largest(world.table)).toBeLessThan(mostItem);
    expect(await route([message])).toEqual(new Map());
    expect(world.sent).toHaveLength(5);
    for (const { body } of world.sent) expect(bytesOf(body)).toBeLessThan(mostMessage / 4);
    const carrying = world.sent.filter(({ queue }) => queue !== 'alerts');
    for (const { body } of carrying) {
      expect(await documentOf(body, world.documents)).toEqual(finding);
    }
  });

  it('is kept as evidence, whole', async () => {
    const world = routeWorld(() => [kept]);
    await world.route(event);
    const texts: string[] = [];
    const bucket: EvidenceBucket = {
      async create(_key, text) {
        texts.push(text);
        return { created: true, versionId: 'v1' };
      },
      read: async () => undefined,
      newestManifest: async () => undefined,
    };
    const keep = keepEvidence({ bucket, documents: world.documents, clock });
    expect(await keep(world.sent.map(received))).toEqual(new Map());
    expect(JSON.parse(texts[0] ?? '').received).toEqual(finding);
  });
});

function received({ id, body }: QueuedMessage) {
  return { id, body, sentAt: clock(), receiveCount: 1 };
}

function largest({ items }: MemoryTable): number {
  return Math.max(...[...items.values()].map(bytesOf));
}

describe('messages that fit together', () => {
  it('carry their document themselves', async () => {
    const world = routeWorld(() => [ruleThat('kept', { evidence: {} })]);
    await world.route(asffEvent(asffFinding()));
    expect(world.sent[0]?.body).toMatchObject({ document: { Id: asffFinding().Id } });
    expect([...world.table.items]).toEqual([]);
  });

  it('share one document that is kept aside, and those without one stay as they are', async () => {
    const table = new MemoryTable();
    const document = { text: noise(100_000) };
    const message = (id: string, body: QueuedMessage['body']): QueuedMessage => {
      return { queue: 'actions', id, group: 'g', body };
    };
    const [one, other, bare] = await setAside(
      [message('a', { document }), message('b', { document }), message('c', { kind: 'alert' })],
      dynamoDocuments(table, clock),
    );
    expect(one?.body).toEqual(other?.body);
    expect(one?.body.document).toBeUndefined();
    expect(bare?.body).toEqual({ kind: 'alert' });
    expect(table.items.size).toBe(1);
  });
});

describe('a document that is kept aside', () => {
  const document = { text: noise(900_000), 停: '停止 😀' };
  let table: MemoryTable;

  beforeEach(() => {
    table = new MemoryTable();
  });

  it('is read as it was written, from items that each fit, as long as states are kept', async () => {
    const documents = dynamoDocuments(table, clock);
    const pointer = await documents.put(document);
    expect(await documents.put(document)).toEqual(pointer);
    expect(pointer).toMatchObject({ bytes: bytesOf(document), parts: table.items.size });
    expect(table.items.size).toBeGreaterThan(2);
    expect(largest(table)).toBeLessThan(mostItem);
    expect([...table.items.values()][0]?.expiresAt).toBe(1_830_160_800);
    expect(await documents.get(pointer)).toEqual(document);
  });

  it.each<readonly [string, (held: Map<string, Item>, key: string, item: Item) => void]>([
    ['is missing', (held, key) => held.delete(key)],
    ['was changed', (held, key, item) => held.set(key, { ...item, part: 'AAAA' })],
  ])('is not believed where a part of it %s', async (_what, harm) => {
    const documents = dynamoDocuments(table, clock);
    const pointer = await documents.put(document);
    const [[key, item] = ['', {}]] = table.items;
    harm(table.items, key, item);
    const wrong = { name: 'UnreadableMessageError', path: 'documentAt.sha256', retryable: false };
    await expect(documents.get(pointer)).rejects.toMatchObject(wrong);
  });

  it('is not unpacked beyond what the pointer says', async () => {
    const documents = dynamoDocuments(table, clock);
    const pointer = await documents.put({ text: 'a'.repeat(100_000) });
    await expect(documents.get({ ...pointer, bytes: 1_000 })).rejects.toThrow('documentAt');
  });

  it('fails the one message whose document cannot be had', async () => {
    const documents = dynamoDocuments(table, clock);
    const world = routeWorld(() => [ruleThat('kept', { evidence: {} })]);
    await world.route(asffEvent(asffFinding()));
    const [sent] = world.sent;
    const { document: _gone, ...body } = sent?.body ?? {};
    const bucket: EvidenceBucket = {
      create: async () => ({ created: true }),
      read: async () => undefined,
      newestManifest: async () => undefined,
    };
    const failures = await keepEvidence({ bucket, documents, clock })([
      { id: 'bare', body, sentAt: clock(), receiveCount: 1 },
      { id: 'whole', body: sent?.body, sentAt: clock(), receiveCount: 1 },
    ]);
    expect([...failures]).toEqual([['bare', expect.objectContaining({ path: 'document' })]]);
  });
});
