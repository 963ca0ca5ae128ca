import { PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import {
  type AwsSecurityFinding,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Stage, startStage } from '@riposte/local-stage';
import { eventually } from '../guard/eventually.ts';
import { type FunctionRuns, functionRuns } from '../guard/function-runs.ts';
import { lookSettings } from '../guard/look-settings.ts';
import { detectorOf } from './detector-of.ts';
import { syncInventory } from './node-inventory.ts';

jest.setTimeout(120_000);

const node = { account: '123456789012', region: 'us-east-1', node: 'i-0b8f40f4de065deba' };
const captureTime = '2025-07-12T14:00:05Z';
const file = { path: '/etc/hosts', size: 221, modified: '2025-07-01T08:00:00Z' };

describe('the watch over coverage', () => {
  let stage: Stage;
  let runs: FunctionRuns;
  let s3: S3Client;
  let hub: SecurityHubClient;
  let bucket: string;

  beforeAll(async () => {
    stage = await startStage({ quiet: true });
    await stage.deploy(
      ['foundation', 'fim-detector'],
      { createInventory: 'false' },
      { stage: 'local' },
    );
    runs = functionRuns(stage, 'riposte-fim-detector-local-');
    s3 = new S3Client({ ...lookSettings(stage), forcePathStyle: true });
    hub = new SecurityHubClient(lookSettings(stage));
    ({ bucket } = await detectorOf(stage));
  }, 600_000);

  afterAll(async () => {
    runs?.close();
    s3?.destroy();
    hub?.destroy();
    await stage?.stop();
  });

  /** A run of the watch. Its other parts run where the emulator knows no resource data syncs. */
  async function watch(): Promise<void> {
    const unknown = /Unknown action: ListResourceDataSync/;
    await runs.invoke('watch-coverage', {}).catch((failure: Error) => {
      if (!unknown.test(failure.message)) throw failure;
    });
  }

  /** What the watch tells. */
  async function findings(): Promise<readonly AwsSecurityFinding[]> {
    const { Findings = [] } = await hub.send(new GetFindingsCommand({ MaxResults: 100 }));
    return Findings.filter(({ GeneratorId }) => GeneratorId?.includes('/coverage/'));
  }

  const named = (problem: string) => async () =>
    (await findings()).find(({ GeneratorId }) => GeneratorId?.endsWith(problem));

  it('tells of a node that fell silent, once, in its own words', async () => {
    await syncInventory(s3, bucket, node, { captureTime, files: [file] });
    await eventually('a silent node', async () => {
      await watch();
      return named('not-reporting')();
    });
    const before = await findings();
    await watch();
    expect(await findings()).toEqual(before);
    expect(await named('not-reporting')()).toMatchObject({
      RecordState: 'ACTIVE',
      FirstObservedAt: '2025-07-12T14:00:05.000Z',
      Resources: [{ Id: `arn:aws:ec2:${node.region}:${node.account}:instance/${node.node}` }],
    });
  });

  it('is told that the node reports again', async () => {
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    await syncInventory(s3, bucket, node, { captureTime: now, files: [file] });
    await eventually('an archived finding', async () => {
      const finding = await named('not-reporting')();
      return finding?.RecordState === 'ARCHIVED' || undefined;
    });
  });

  it('tells that versioning is off, and that it is on again (E13)', async () => {
    const versioning = (Status: 'Suspended' | 'Enabled') =>
      s3.send(
        new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status } }),
      );
    await versioning('Suspended');
    await watch();
    expect(await named('versioning-off')()).toMatchObject({ RecordState: 'ACTIVE' });
    await versioning('Enabled');
    await watch();
    expect(await named('versioning-off')()).toMatchObject({ RecordState: 'ARCHIVED' });
  });
});
