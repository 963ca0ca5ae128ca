import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  asffFinding,
  guardDutyEvent,
  guardDutyFinding,
  importedV2Event,
  ocsfFinding,
} from '@riposte/testing';
import fc from 'fast-check';
import { findingsInFile } from './findings-in-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riposte-findings-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size = 7): Promise<readonly string[]> {
  const source = findingsInFile('-', inPieces(Buffer.from(text), size));
  const seen: string[] = [];
  for await (const batch of source.read())
    for (const reading of batch)
      seen.push(
        'finding' in reading
          ? `${reading.finding.format} ${reading.finding.id}`
          : `${reading.place}: ${reading.problem}`,
      );
  return seen;
}

const asff = (Id: string) => asffFinding({ Id });
const hostile = asffFinding({ Id: 'h', Title: '[{"\\ü\u2028]}\n' });

describe('findings in a file', () => {
  it('reads JSON lines, and goes on after broken ones', async () => {
    const lines = [
      JSON.stringify(asff('a')),
      '',
      '{"Id": "half',
      JSON.stringify({ ...asff('b'), Resources: [{}] }),
      JSON.stringify(ocsfFinding()),
    ];
    expect(await read(lines.join('\r\n'))).toEqual([
      'asff a',
      'line 3: is not JSON',
      'line 4: finding is malformed at Resources.0.Id',
      expect.stringMatching(/^ocsf /),
    ]);
  });

  it('reads JSON lines whose first line is broken', async () => {
    expect(await read(`{"Id": "half\n${JSON.stringify(asff('b'))}`)).toEqual([
      'line 1: is not JSON',
      'asff b',
    ]);
  });

  it.each([0, 2])('reads a list, indented by %d', async (indent) => {
    const list = [asff('a'), 4, hostile, null, { Findings: [asff('b')] }];
    expect(await read(JSON.stringify(list, undefined, indent))).toEqual([
      'asff a',
      expect.stringMatching(/^line \d+: finding is malformed at \(root\)$/),
      'asff h',
      expect.stringMatching(/^line \d+: finding is malformed/),
      'asff b',
    ]);
  });

  it.each([0, 2])('reads answers of Security Hub, indented by %d', async (indent) => {
    const answer = { Findings: [asff('a'), { ProductArn: 'p' }, ocsfFinding()], NextToken: 'more' };
    const text = JSON.stringify(answer, undefined, indent);
    expect(await read(`\ufeff${text}\n${text}\n`)).toEqual([
      ...['asff a', 'line 1, Findings.1: finding is malformed at Id'],
      expect.stringMatching(/^ocsf /),
      'asff a',
      expect.stringMatching(/^line \d+, Findings\.1: finding is malformed/),
      expect.stringMatching(/^ocsf /),
    ]);
  });

  it('reads events of every kind, and names those that carry no finding', async () => {
    const events = [
      importedV2Event(ocsfFinding()),
      guardDutyEvent(guardDutyFinding()),
      { source: 'aws.s3', 'detail-type': 'Object Created', detail: {} },
    ];
    expect(await read(events.map((event) => JSON.stringify(event)).join('\n'))).toEqual([
      expect.stringMatching(/^ocsf /),
      expect.stringMatching(/^guardduty /),
      'line 3: event is of a kind that carries neither a finding nor an API call',
    ]);
  });

  it.each([
    ['nothing', '', []],
    ['blank lines', ' \n\n', []],
    ['an empty list', '[]', []],
    ['words', 'no findings here', ['line 1: is not JSON']],
    ['half a document', '{"Findings": [', ['line 1: is not JSON']],
    ['half a list', '[{"a": 1', ['line 1: is not JSON']],
    ['more brackets than values', '[]]}', []],
  ])('reads %s', async (_what, text, expected) => {
    expect(await read(text)).toEqual(expected);
  });

  it('reads the same wherever its pieces end', async () => {
    const whole = JSON.stringify([hostile, asff('ä'), [asff('b')]], undefined, 1);
    const expected = await read(whole, whole.length * 4);
    expect(expected).toHaveLength(3);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (size) => {
        expect(await read(whole, size)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('reads a file by its name', async () => {
    const file = join(folder, 'findings.jsonl');
    await writeFile(file, JSON.stringify(asff('a')));
    const source = findingsInFile(file, inPieces(Buffer.from(''), 1));
    expect(source.name).toBe(file);
    const batches: unknown[] = [];
    for await (const batch of source.read()) batches.push(...batch);
    expect(batches).toHaveLength(1);
  });
});
