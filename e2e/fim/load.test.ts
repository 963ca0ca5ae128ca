import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type RecordedCall, type Stage, startStage } from '@riposte/local-stage';
import { deadLetterTexts } from '../guard/dead-letters.ts';
import { untilQuiet } from '../guard/eventually.ts';
import { lookSettings } from '../guard/look-settings.ts';
import { type Detector, detectorOf } from './detector-of.ts';
import { inventoryObjectKey, type ListedFile, syncInventory } from './node-inventory.ts';
import { trackedInventories } from './tracked-inventories.ts';

const isFull = process.env.RIPOSTE_FULL === '1';
const count = isFull ? 2400 : 120;
const minutes = isFull ? 20 : 6;
const filesOfNode = isFull ? 400 : 100;
/** One node in so many has a file that was tampered with. */
const oneIn = 20;

jest.setTimeout(minutes * 60_000);

const account = '123456789012';
const region = 'us-east-1';
const nodes = Array.from({ length: count }, (_, at) => ({
  ...{ account, region, node: `i-${at.toString(16).padStart(17, '0')}` },
}));
const tampered = nodes.filter((_, at) => at % oneIn === 0);

const files = (isTampered: boolean): readonly ListedFile[] => [
  { path: '/etc/passwd', size: isTampered ? 2048 : 1024, modified: '2026-11-01T08:00:00Z' },
  ...Array.from({ length: filesOfNode - 1 }, (_, at) => ({
    ...{ path: `/usr/bin/tool-${at}`, size: 4096 + at, modified: '2026-10-01T08:00:00Z' },
  })),
];

let stage: Stage;
let detector: Detector;
let s3: S3Client;
const imports: number[] = [];
const calls = new Map<string, number>();
function onCall({ appId = '', operation, time }: RecordedCall): void {
  if (!appId.startsWith('riposte-compare')) return;
  calls.set(operation, (calls.get(operation) ?? 0) + 1);
  if (operation === 'BatchImportFindings') imports.push(Date.parse(time));
}

beforeAll(async () => {
  stage = await startStage({ quiet: true, onCall });
  await stage.deploy('foundation', {}, { stage: 'local' });
  const params = { createInventory: 'false', visibilitySeconds: '20' };
  await stage.deploy('fim-detector', params, { stage: 'local' });
  await stage.standStill();
  detector = await detectorOf(stage);
  s3 = new S3Client({ ...lookSettings(stage), forcePathStyle: true });
}, 600_000);
afterAll(async () => {
  s3?.destroy();
  await stage?.stop();
});

/** Lets each node report, sixteen at a time. @returns the versions that S3 gave. */
async function reportAll(
  captureTime: string,
  tamperedNodes: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const versions = new Map<string, string>();
  const left = [...nodes];
  const lane = async () => {
    for (let node = left.pop(); node; node = left.pop()) {
      const report = { captureTime, files: files(tamperedNodes.has(node.node)) };
      versions.set(node.node, await syncInventory(s3, detector.bucket, node, report));
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
  return versions;
}

/** One event in five comes once more, later, through S3's own notification. */
async function repeatEvents(versions: ReadonlyMap<string, string>): Promise<void> {
  const client = new SQSClient(lookSettings(stage));
  const again = nodes.filter((_, at) => at % 5 === 0).reverse();
  for (let from = 0; from < again.length; from += 10) {
    const Entries = again.slice(from, from + 10).map((node, at) => ({
      Id: String(at),
      MessageBody: notification(node, versions.get(node.node) ?? ''),
    }));
    await client.send(new SendMessageBatchCommand({ QueueUrl: detector.queueUrl, Entries }));
  }
  client.destroy();
}

function notification(node: (typeof nodes)[number], versionId: string): string {
  const key = encodeURIComponent(inventoryObjectKey(node)).replaceAll('%2F', '/');
  const object = { key, versionId, sequencer: '0055AED6DCD90281E5', size: 1 };
  const s3Event = { bucket: { name: detector.bucket }, object };
  const record = { eventVersion: '2.1', eventSource: 'aws:s3', eventName: 'ObjectCreated:Put' };
  return JSON.stringify({
    Records: [{ ...record, awsRegion: region, eventTime: new Date().toISOString(), s3: s3Event }],
  });
}

/** Versions that were compared last, by node, once each is the wanted one; or what there is when time is up. */
async function untilCompared(wanted: ReadonlyMap<string, string>): Promise<number> {
  const client = new DynamoDBClient(lookSettings(stage));
  const until = Date.now() + (minutes - 2) * 60_000;
  try {
    for (;;) {
      const seen = await trackedInventories(client, stage);
      const missing = [...wanted].filter(([node, version]) => seen.get(node) !== version);
      if (missing.length === 0 || Date.now() > until) return missing.length;
      await untilQuiet(() => stage.calls().length, 120_000);
    }
  } finally {
    client.destroy();
  }
}

async function findingsAbout(text: string) {
  const hub = new SecurityHubClient(lookSettings(stage));
  const found = [];
  let NextToken: string | undefined;
  do {
    const page = await hub.send(
      new GetFindingsCommand({ MaxResults: 100, ...(NextToken && { NextToken }) }),
    );
    found.push(...(page.Findings ?? []).filter(({ Title = '' }) => Title.includes(text)));
    ({ NextToken } = page);
  } while (NextToken);
  hub.destroy();
  return found;
}

/** The most calls of any second that the clock can be cut into. */
function mostInASecond(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  let from = 0;
  return sorted.reduce((most, time, at) => {
    while ((sorted[from] ?? time) <= time - 1000) from += 1;
    return Math.max(most, at - from + 1);
  }, 0);
}

describe(`${count} nodes that report within a minute`, () => {
  it('are all compared, although calls fail and events come twice and in disorder', async () => {
    const first = await reportAll('2026-11-24T14:00:00Z', new Set());
    expect(await untilCompared(first)).toBe(0);
    imports.length = 0;
    calls.clear();
    const { faults } = stage;
    faults.seed(20_261_125);
    faults.add({ appId: 'riposte-compare', effect: 'throttle', probability: 0.05 });
    faults.add({ appId: 'riposte-compare', effect: 'error', probability: 0.05 });
    const began = Date.now();
    const second = await reportAll(
      '2026-11-24T14:30:00Z',
      new Set(tampered.map(({ node }) => node)),
    );
    const reportedMs = Date.now() - began;
    await repeatEvents(second);
    expect(await untilCompared(second)).toBe(0);
    const total = [...calls.values()].reduce((sum, one) => sum + one, 0);
    const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
    process.stdout.write(
      [
        '',
        `fim load: ${count} nodes of ${filesOfNode} files reported in ${seconds(reportedMs)}, all compared after ${seconds(Date.now() - began)}`,
        `  calls: ${total} (${(total / count).toFixed(2)} an object), failed by injection: ${faults.hits()}`,
        `  ${[...calls].map(([operation, times]) => `${operation} ${times}`).join(', ')}`,
        `  imports: ${imports.length}, at most ${mostInASecond(imports)} in a second`,
        '',
      ].join('\n'),
    );
    faults.clear();
  });

  it('have one finding for each file that was tampered with, and none for the others', async () => {
    const found = await findingsAbout('/etc/passwd');
    const about = found.map(({ Resources }) => Resources?.[0]?.Id?.split('/').at(-1) ?? '');
    expect(about.sort()).toEqual(tampered.map(({ node }) => node).sort());
    expect(await findingsAbout('/usr/bin')).toEqual([]);
  });

  it("keep to Security Hub's ten calls a second", () => {
    expect(mostInASecond(imports)).toBeLessThanOrEqual(10);
  });

  it('leave nothing among the dead letters', async () => {
    const queue = detector.deadLetterUrl.split('/').at(-1) ?? '';
    expect(await deadLetterTexts(stage, queue)).toEqual([]);
  });
});
