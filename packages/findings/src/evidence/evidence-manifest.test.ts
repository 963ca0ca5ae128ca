import { describe, expect, it } from '@jest/globals';
import {
  type EvidenceManifest,
  evidenceDigest,
  manifestKey,
  manifestText,
  readManifest,
  sequenceOf,
} from './evidence-manifest.ts';

const manifest: EvidenceManifest = {
  schemaVersion: 1,
  kind: 'evidence-manifest',
  sequence: 1,
  createdAt: '2026-11-24T12:00:00.000Z',
  previous: null,
  objects: [],
};

describe('a manifest', () => {
  it('has a key that its number can be read from', () => {
    expect(manifestKey(12)).toBe('manifests/000000/000000012.json');
    expect(manifestKey(1_234_567)).toBe('manifests/001234/001234567.json');
    expect(sequenceOf(manifestKey(1_234_567))).toBe(1_234_567);
  });

  it.each(['manifests/000001/000000012.json', 'manifests/000000/12.json', 'findings/x.json'])(
    'is not %s',
    (key) => {
      expect(sequenceOf(key)).toBeUndefined();
    },
  );

  it('is read as it was written', () => {
    const text = manifestText(manifest);
    expect(readManifest(text)).toEqual(manifest);
    expect(evidenceDigest(text)).toBe(evidenceDigest(Buffer.from(text)));
  });

  it.each([
    '{',
    '{}',
    JSON.stringify({ ...manifest, sequence: 0 }),
    JSON.stringify({ ...manifest, previous: 'x' }),
  ])('is not read from %s', (text) => {
    expect(() => readManifest(text)).toThrow();
  });
});
