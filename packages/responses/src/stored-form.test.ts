import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ResponseRecord } from '@riposte/findings';
import fc from 'fast-check';
import { evidenceKey, evidenceText, readStoredRecord, storedForm } from './index.ts';
import { responseRecord } from './testing/samples.ts';

function bytesOf(record: ResponseRecord): number {
  return Buffer.byteLength(JSON.stringify(record));
}

const large = responseRecord({ before: { policy: 'x'.repeat(300_000) } });

describe('storedForm', () => {
  it('leaves an ordinary record as it is', () => {
    const record = responseRecord();
    expect(storedForm(record)).toEqual({ record });
    expect(storedForm(record).record).toBe(record);
  });

  it('leaves a record of 200 KB as it is, and no larger one', () => {
    const spare = 200_000 - bytesOf(responseRecord({ before: '' }));
    const atLimit = responseRecord({ before: 'x'.repeat(spare) });
    expect(bytesOf(atLimit)).toBe(200_000);
    expect(storedForm(atLimit)).toEqual({ record: atLimit });
    expect(storedForm(responseRecord({ before: 'x'.repeat(spare + 1) }))).toHaveProperty(
      'wholeText',
    );
  });

  it('says of a large record where the whole is, and how to know it', () => {
    const { record, wholeText = '' } = storedForm(large);
    expect(JSON.parse(wholeText)).toEqual(large);
    expect(wholeText).toBe(evidenceText(large));
    expect(record.whole).toEqual({
      evidenceKey: evidenceKey(large),
      sha256: createHash('sha256').update(wholeText).digest('hex'),
      bytes: Buffer.byteLength(wholeText),
    });
  });

  it('tells people where the whole is, after what they would have read', () => {
    const { record } = storedForm(large);
    expect(record.message?.subject).toBe(large.message?.subject);
    expect(record.message?.body).toBe(
      `The trail main was stopped and records again.\n\nThis record is too long for a message. All of it is in the evidence bucket: ${record.whole?.evidenceKey} (${record.whole?.bytes} bytes, sha256 ${record.whole?.sha256}).\n`,
    );
  });

  it('keeps in the summary what is short, and says how long the rest is', () => {
    const change = { operation: 's3:PutBucketPolicy', what: 'policy', reversible: true };
    const { record } = storedForm(
      responseRecord({
        before: 'x'.repeat(300_000),
        plan: [{ ...change, before: 'y'.repeat(5_000), after: { short: true } }],
        reason: 'z'.repeat(1_000),
      }),
    );
    expect(record).toMatchObject({
      id: 'inc-0a1b2c3d4e5f6a7b8c9d',
      status: 'verified',
      revision: 1,
      before: { leftOut: '300002 bytes' },
      after: { isLogging: true },
      plan: [{ ...change, before: { leftOut: '5002 bytes' }, after: { short: true } }],
      reason: `${'z'.repeat(199)}…`,
      resource: large.resource,
    });
  });

  it('needs no outcome and no message to be shortened', () => {
    const { after: _after, message: _message, ...bare } = large;
    const { record } = storedForm(bare);
    expect(record).not.toHaveProperty('after');
    expect(record).not.toHaveProperty('message');
  });

  it('fits item, event and message whatever is long, and loses nothing', () => {
    const text = fc.oneof(
      fc.constantFrom('\u0000', '停', '\ud800', 'x').map((character) => character.repeat(50_000)),
      fc.string(),
    );
    const change = fc.record({
      operation: text,
      what: text,
      before: fc.oneof(text, fc.jsonValue()),
      after: text,
      reversible: fc.boolean(),
    });
    const changes = fc.record({
      before: text,
      after: fc.oneof(text, fc.jsonValue()),
      reason: text,
      plan: fc.array(change, { maxLength: 8 }),
      calls: fc.array(fc.record({ operation: text, at: text, error: text }), { maxLength: 14 }),
      actor: fc.record({ arn: text, userAgent: text }),
      message: fc.record({
        subject: fc.constant('s'),
        body: text,
        attributes: fc.dictionary(fc.string({ maxLength: 20 }), text, { maxKeys: 10 }),
      }),
    });
    fc.assert(
      fc.property(changes, (given) => {
        const whole = responseRecord(given);
        const { record, wholeText } = storedForm(whole);
        expect(bytesOf(record)).toBeLessThanOrEqual(200_000);
        expect(readStoredRecord(record)).toBe(record);
        expect(JSON.parse(wholeText ?? evidenceText(record))).toEqual(
          JSON.parse(JSON.stringify(whole)),
        );
      }),
      { numRuns: 20 },
    );
  });
});
