import { S3Client } from '@aws-sdk/client-s3';
import {
  type AwsSecurityFinding,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../guard/eventually.ts';
import { lookSettings } from '../guard/look-settings.ts';
import { riposte } from '../guard/riposte-command.ts';
import { openRouterWorld, type RouterWorld } from '../router/router-world.ts';
import { detectorOf } from './detector-of.ts';
import { type ListedFile, syncInventory } from './node-inventory.ts';

jest.setTimeout(120_000);

const rules = `pack: files
rules:
  - name: tampered
    order: 10
    when: { asff: { GeneratorId: [{ Comparison: PREFIX, Value: riposte/fim-detector }], Title: [{ Comparison: CONTAINS, Value: paymentapp }], RecordState: [{ Comparison: EQUALS, Value: ACTIVE }] } }
    then: [{ notify: { channel: slack, group: { by: [finding], wait: 0s, interval: 1s } } }]
`;

const node = { account: '123456789012', region: 'us-east-1', node: 'i-0b8f40f4de065deba' };
const path = '/etc/paymentapp/config.yaml';
const hosts: ListedFile = { path: '/etc/hosts', size: 221, modified: '2025-07-01T08:00:00Z' };
const config: ListedFile = { path, size: 23, modified: '2025-07-12T13:48:31Z' };
const tampered: ListedFile = { path, size: 41, modified: '2025-07-12T14:20:02Z' };

let world: RouterWorld;
let s3: S3Client;
let hub: SecurityHubClient;
let bucket: string;
beforeAll(async () => {
  world = await openRouterWorld({ rules: { 'files.rules.yaml': rules } });
  await world.stage.deploy('fim-detector', { createInventory: 'false' }, { stage: 'local' });
  await world.stage.standStill();
  s3 = new S3Client({ ...lookSettings(world.stage), forcePathStyle: true });
  hub = new SecurityHubClient(lookSettings(world.stage));
  ({ bucket } = await detectorOf(world.stage));
}, 600_000);
afterAll(async () => {
  s3?.destroy();
  hub?.destroy();
  await world?.stop();
});

const report = (captureTime: string, ...files: readonly ListedFile[]) =>
  syncInventory(s3, bucket, node, { captureTime, files: [hosts, ...files] });

async function findings(): Promise<readonly AwsSecurityFinding[]> {
  const { Findings = [] } = await hub.send(new GetFindingsCommand({}));
  return Findings;
}

const aboutFile = async (wanted: (finding: AwsSecurityFinding) => boolean) =>
  (await findings()).find(
    ({ Title = '', ...rest }) => Title.includes(path) && wanted({ Title, ...rest }),
  );

/** What a command of `riposte fim` prints. */
async function fim(...argv: readonly string[]): Promise<string> {
  const { status, out, notes } = await riposte(world.stage, 'fim', ...argv);
  if (status !== 0) throw new RangeError(notes);
  return out;
}

describe('the walkthrough of the published article', () => {
  it('takes the first inventory as a baseline that nobody has approved yet, and says so', async () => {
    await report('2025-07-12T14:00:05Z', config);
    const first = await eventually('a finding of the baseline', async () =>
      (await findings()).find(({ Severity }) => Severity?.Label === 'INFORMATIONAL'),
    );
    expect(first.Resources?.[0]?.Id).toContain(node.node);
    expect(await aboutFile(() => true)).toBeUndefined();
  });

  it('names the file that was tampered with, what changed, and since when', async () => {
    await report('2025-07-12T14:30:05Z', tampered);
    const finding = await eventually('a finding of the file', () => aboutFile(() => true));
    expect(finding).toMatchObject({
      RecordState: 'ACTIVE',
      AwsAccountId: node.account,
      Region: node.region,
      FirstObservedAt: '2025-07-12T14:30:05.000Z',
      Resources: [
        {
          Type: 'AwsEc2Instance',
          Id: `arn:aws:ec2:${node.region}:${node.account}:instance/${node.node}`,
        },
      ],
    });
    expect(['HIGH', 'CRITICAL']).toContain(finding.Severity?.Label);
    expect(finding.Description).toMatch(/23.*41/);
  });

  it('reaches people through the router', async () => {
    const messages = await eventually('a message', async () => {
      await world.runs.invoke('tell-due', {});
      const found = world.doubles.slack
        .messages()
        .filter(({ text, blocks }) => JSON.stringify([text, blocks]).includes('paymentapp'));
      return found.length > 0 ? found : undefined;
    });
    expect(messages).toHaveLength(1);
  });

  it('is shown by the command line, and resolved by an approval', async () => {
    const shown = await fim('diff', node.node);
    expect(shown).toContain(path);
    expect(shown).toContain('Size: 23 -> 41');
    const approval = [node.node, path, '--reason', 'change 4711', '--yes'];
    expect(await fim('approve', ...approval)).toContain('Approved: 1 difference');
    const finding = await eventually('a resolved finding', () =>
      aboutFile(({ Workflow }) => Workflow?.Status === 'RESOLVED'),
    );
    expect(finding.RecordState).toBe('ARCHIVED');
    expect(finding.Note?.Text).toContain('change 4711');
    expect(await fim('diff', node.node)).toContain('as approved');
    const history = await fim('history', node.node);
    expect(history).toContain('change 4711');
    expect(history).toContain(`+ ${path}`);
  });

  it('tells again of a file that changes after its approval, under the same id', async () => {
    const before = await aboutFile(() => true);
    await report('2025-07-12T15:00:05Z', {
      ...tampered,
      size: 99,
      modified: '2025-07-12T14:50:00Z',
    });
    const finding = await eventually('an active finding', () =>
      aboutFile(({ RecordState }) => RecordState === 'ACTIVE'),
    );
    expect(finding.Id).toBe(before?.Id);
    expect(finding.Workflow?.Status).toBe('NEW');
    await report('2025-07-12T15:30:05Z', tampered);
    await eventually('an archived finding', () =>
      aboutFile(({ RecordState }) => RecordState === 'ARCHIVED'),
    );
  });
});
