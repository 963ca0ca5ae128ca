import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asffFinding } from '@riposte/testing';
import { type RulesDesk, rulesDesk, sampleChannels, samplePack } from '../testing/rules-desk.ts';

let desk: RulesDesk;
beforeEach(async () => {
  desk = await rulesDesk();
  const bucket = asffFinding({ Resources: [{ Type: 'AwsS3Bucket', Id: 'b' }] });
  await desk.write({
    'r/a.rules.yaml': samplePack,
    'r/channels.yaml': sampleChannels,
    'r/bucket.json': JSON.stringify(bucket),
  });
});
afterEach(() => desk.clear());

const caseOf = (expected: string) =>
  `cases: [{ name: a bucket, file: bucket.json, expect: ${expected} }]`;

describe('riposte rules test', () => {
  it('counts cases that pass', async () => {
    await desk.write({ 'r/a.tests.yaml': caseOf('{ matches: [sample/raise] }') });
    expect(await desk.rules(['test', 'r'])).toMatchObject({
      status: 0,
      out: '1 case passed, 0 failed',
    });
  });

  it('shows what was expected and what came', async () => {
    await desk.write({ 'r/a.tests.yaml': caseOf('{ update: { severity: LOW } }') });
    const { status, out } = await desk.rules(['test', 'r']);
    expect(out).toMatch(/a\.tests\.yaml:1 a bucket\n.*expected "LOW", came "CRITICAL"/);
    expect(out).toContain('0 cases passed, 1 failed');
    expect(status).toBe(1);
  });

  it('gives the same as one JSON document', async () => {
    await desk.write({ 'r/a.tests.yaml': caseOf('{ update: { severity: LOW } }') });
    const { status, out } = await desk.rules(['test', 'r', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      ok: false,
      passed: 0,
      failed: 1,
      cases: [{ file: 'a.tests.yaml', line: 1, name: 'a bucket', passed: false }],
    });
    expect(status).toBe(1);
  });

  it('says where to write cases when there are none', async () => {
    expect(await desk.rules(['test', 'r'])).toMatchObject({
      status: 0,
      out: expect.stringContaining('*.tests.yaml'),
    });
  });
});
