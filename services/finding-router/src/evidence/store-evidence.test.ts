import { beforeEach, describe, expect, it } from '@jest/globals';
import { parseAsffFinding, parseOcsfFinding } from '@riposte/findings';
import { canonicalJson, evidenceDigest, readManifest } from '@riposte/findings/evidence';
import { asffFinding, ocsfFinding } from '@riposte/testing';
import { type EvidenceRequest, evidenceObject } from './evidence-document.ts';
import { findingFrameworks } from './finding-frameworks.ts';
import { type EvidenceBucket, storeEvidence } from './store-evidence.ts';

const securityHub = 'arn:aws:securityhub:eu-west-1::product/aws/securityhub';

function finding(changes: Readonly<Record<string, unknown>> = {}) {
  return parseAsffFinding(
    asffFinding({
      ProductArn: securityHub,
      Compliance: {
        Status: 'FAILED',
        SecurityControlId: 'S3.4',
        RelatedRequirements: ['PCI DSS v4.0.1/3.5.1'],
      },
      ...changes,
    }),
  );
}

function request(changes: Partial<EvidenceRequest> = {}): EvidenceRequest {
  return {
    finding: finding(),
    observedAt: '2026-11-24T12:00:00Z',
    rule: 'compliance/pci',
    ruleSetVersion: 'v1',
    ...changes,
  };
}

describe('an evidence object', () => {
  it('is canonical, and lies under day, control, finding and content', () => {
    const { text, entry } = evidenceObject(request());
    expect(canonicalJson(JSON.parse(text))).toBe(text);
    expect(entry.sha256).toBe(evidenceDigest(text));
    expect(entry.bytes).toBe(Buffer.byteLength(text));
    expect(entry.key).toMatch(/^findings\/2026\/11\/24\/S3\.4\/[0-9a-f]{16}\/[0-9a-f]{64}\.json$/);
    expect(entry.key).toContain(entry.sha256);
  });

  it('holds the finding as it was received, context, rule, and frameworks', () => {
    const context = { owner: 'ann', unknown: ['team'] };
    const { raw } = finding();
    expect(JSON.parse(evidenceObject(request({ context })).text)).toMatchObject({
      schemaVersion: 1,
      kind: 'finding',
      received: raw,
      context,
      rule: { id: 'compliance/pci', ruleSetVersion: 'v1' },
      frameworks: {
        control: { id: 'S3.4' },
        requirements: { 'PCI DSS 3.2.1': ['3.4'] },
        reported: ['PCI DSS v4.0.1/3.5.1'],
      },
    });
  });

  it('is the same for the same request, whatever the order of members', () => {
    const turned = finding();
    const raw = Object.fromEntries(Object.entries(turned.raw).reverse());
    expect(evidenceObject(request({ finding: { ...turned, raw } }))).toEqual(
      evidenceObject(request()),
    );
  });

  it('keeps words of others out of its key', () => {
    const Compliance = { Status: 'FAILED', SecurityControlId: '../../x' };
    const hostile = finding({ Id: '../../etc', Compliance, Title: 'a\ud800\u202eb' });
    const { text, entry } = evidenceObject(request({ finding: hostile }));
    expect(entry.key).toMatch(/^findings\/2026\/11\/24\/other\/[0-9a-f]{16}\/[0-9a-f]{64}\.json$/);
    expect(evidenceDigest(Buffer.from(text))).toBe(entry.sha256);
  });

  it('lists in its row what it shows of which framework', () => {
    const { entry } = evidenceObject(request({ frameworks: ['pci-dss', 'SOX'] }));
    expect(entry.frameworks).toEqual(['PCI DSS 3.2.1: 3.4', 'SOX']);
  });
});

describe('findingFrameworks', () => {
  it.each([
    [['PCI DSS'], ['PCI DSS 3.2.1']],
    [
      ['nist-800-53', 'NIST CSF'],
      ['NIST CSF 2.0', 'NIST SP 800-53 Rev. 5'],
    ],
    [['cis'], ['CIS AWS Foundations Benchmark 1.4.0']],
    [['cis-1.4.0'], ['CIS AWS Foundations Benchmark 1.4.0']],
    [['cis-3.0.0'], []],
    [[], []],
  ])('finds of %j: %j', (wanted, names) => {
    expect(Object.keys(findingFrameworks(finding(), wanted).requirements).sort()).toEqual(names);
  });

  it.each([
    [{ Compliance: { Status: 'FAILED' } }, 'the finding names no control'],
    [
      { ProductArn: 'arn:aws:securityhub:eu-west-1:123456789012:product/123456789012/default' },
      'the finding is not from Security Hub',
    ],
    [{ Compliance: { SecurityControlId: 'S3.9999' } }, 'the control is not known'],
    [
      { Compliance: { SecurityControlId: 'ACM.2' } },
      'the requirements of this control are not collected',
    ],
  ])('says why there are none for %j', (changes, none) => {
    expect(findingFrameworks(finding(changes))).toMatchObject({ requirements: {}, none });
  });

  it('reads OCSF', () => {
    const uid = 'arn:aws:securityhub:eu-west-1::productv2/aws/securityhub';
    const compliance = { control: 'S3.4', requirements: ['PCI DSS 3.4', 7] };
    const metadata = { product: { uid }, version: '1.6.0' };
    expect(
      findingFrameworks(parseOcsfFinding(ocsfFinding({ compliance, metadata }))),
    ).toMatchObject({ control: { id: 'S3.4' }, reported: ['PCI DSS 3.4'] });
  });
});

describe('storeEvidence', () => {
  const clock = () => new Date('2026-11-24T12:00:05.000Z');
  let held: Map<string, string>;
  let bucket: EvidenceBucket;

  beforeEach(() => {
    held = new Map();
    const readText = (key: string) => {
      const text = held.get(key);
      return text === undefined ? undefined : { key, text, versionId: `v-${key.length}` };
    };
    bucket = {
      create: async (key, text) => {
        if (held.has(key)) return { created: false };
        held.set(key, text);
        return { created: true, versionId: `v-${key.length}` };
      },
      read: async (key) => readText(key),
      newestManifest: async () => {
        const key = [...held.keys()]
          .filter((one) => one.startsWith('manifests/'))
          .sort()
          .at(-1);
        return key === undefined ? undefined : readText(key);
      },
    };
  });

  it('writes objects, then a manifest that lists them, chained to the one before', async () => {
    const first = await storeEvidence([request()], { bucket, clock });
    const second = await storeEvidence([request({ rule: 'compliance/cis' })], { bucket, clock });
    const texts = [first, second].map((stored) => held.get(stored?.manifestKey ?? '') ?? '');
    const [one, other] = texts.map(readManifest);
    expect(one).toMatchObject({
      sequence: 1,
      previous: null,
      createdAt: '2026-11-24T12:00:05.000Z',
    });
    expect(other).toMatchObject({ sequence: 2, previous: evidenceDigest(texts[0] ?? '') });
    expect(one?.objects).toEqual([
      { ...evidenceObject(request()).entry, versionId: expect.any(String) },
    ]);
    expect(held.size).toBe(4);
  });

  it('lists an object again that a function wrote which died before its manifest', async () => {
    const { text, entry } = evidenceObject(request());
    held.set(entry.key, text);
    const stored = await storeEvidence([request(), request()], { bucket, clock });
    expect(stored?.entries).toEqual([{ ...entry, versionId: `v-${entry.key.length}` }]);
  });

  it('refuses to list an object that holds something else', async () => {
    const { entry } = evidenceObject(request());
    held.set(entry.key, '{}');
    await expect(storeEvidence([request()], { bucket, clock })).rejects.toMatchObject({
      name: 'EvidenceConflictError',
      key: entry.key,
      retryable: false,
    });
  });

  it('stores and lists the others all the same', async () => {
    held.set(evidenceObject(request()).entry.key, '{}');
    const requests = [request({ observedAt: 'noon' }), request(), request({ rule: 'r/other' })];
    await expect(storeEvidence(requests, { bucket, clock })).rejects.toThrow(RangeError);
    const text = held.get('manifests/000000/000000001.json') ?? '';
    expect(readManifest(text).objects.map(({ rule }) => rule)).toEqual(['r/other']);
  });

  it('takes the next number when others are faster', async () => {
    const writers = Array.from({ length: 8 }, (_, index) =>
      storeEvidence([request({ rule: `r/${index}` })], { bucket, clock }),
    );
    const keys = (await Promise.all(writers)).map((stored) => stored?.manifestKey);
    expect(new Set(keys).size).toBe(8);
    const chain = keys.sort().map((key) => held.get(key ?? '') ?? '');
    expect(chain.map((text) => readManifest(text).previous)).toEqual([
      null,
      ...chain.slice(0, -1).map((text) => evidenceDigest(text)),
    ]);
  });

  it('can be tried again while somebody else writes the same object', async () => {
    const busy: EvidenceBucket = { ...bucket, create: async () => ({ created: false }) };
    await expect(storeEvidence([request()], { bucket: busy, clock })).rejects.toMatchObject({
      name: 'EvidencePendingError',
      retryable: true,
    });
  });

  it('gives up, and can be tried again, when others always are', async () => {
    const busy: EvidenceBucket = {
      ...bucket,
      create: async (key, text) =>
        key.startsWith('manifests/') ? { created: false } : bucket.create(key, text),
    };
    await expect(storeEvidence([request()], { bucket: busy, clock })).rejects.toMatchObject({
      name: 'ManifestContentionError',
      retryable: true,
    });
  });

  it.each([
    '{}',
    'no json',
    '{"schemaVersion":1,"kind":"evidence-manifest","sequence":7,"createdAt":"x","previous":null,"objects":[]}',
  ])('does not chain to what is no manifest: %s', async (text) => {
    held.set('manifests/000000/000000001.json', text);
    await expect(storeEvidence([request()], { bucket, clock })).rejects.toMatchObject({
      name: 'BrokenChainError',
      key: 'manifests/000000/000000001.json',
    });
  });

  it('writes nothing for nothing', async () => {
    expect(await storeEvidence([], { bucket, clock })).toBeUndefined();
    expect(held.size).toBe(0);
  });
});
