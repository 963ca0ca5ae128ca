import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { fakeStage } from '../testing/fake-stage.ts';
import { fakeTerminal } from '../testing/fakes.ts';
import { addStageCommand } from './stage-command.ts';

let checkout = '';

beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'riposte-cli-'));
  await mkdir(join(checkout, 'services', 'foundation'), { recursive: true });
  await mkdir(join(checkout, 'node_modules', 'serverless'), { recursive: true });
  await writeFile(join(checkout, 'services', 'foundation', 'package.json'), '{}');
});

afterAll(() => rm(checkout, { recursive: true, force: true }));

async function riposte(...argv: readonly string[]) {
  const terminal = fakeTerminal();
  const stage = fakeStage();
  const did: string[] = [];
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addStageCommand(program, {
    terminal,
    cwd: join(checkout, 'services', 'foundation'),
    self: ['node', 'riposte.mjs'],
    stageTools: {
      async attachStage(name, options) {
        did.push(`attach ${name}`);
        options?.onProgress?.('progress');
        return stage;
      },
      async endStage(name, folder) {
        did.push(`end ${name} in ${folder}`);
      },
      async holdStage({ name, region, folder }) {
        did.push(`hold ${name} ${region} ${folder}`);
        return { stage: { ...stage, ...notHeld }, ended: Promise.resolve() };
      },
      async launchStage({ name, command, folder }) {
        did.push(`launch ${name} in ${folder}: ${command.join(' ')}`);
        const { endpoint, emulatorEndpoint, securityHubEndpoint, accountId, region } = stage;
        const holder = { pid: 1, startedAt: '' };
        return {
          name,
          endpoint,
          emulatorEndpoint,
          securityHubEndpoint,
          accountId,
          region,
          checkout,
          holder,
          owned: [],
        };
      },
    },
  });
  await program.parseAsync(argv, { from: 'user' });
  return { out: terminal.printed.join('\n'), notes: terminal.notes, did, asked: stage.asked };
}

/** What only the process that holds a stage can do. */
const notHeld = {
  calls: () => [],
  clearCalls: () => undefined,
  faults: {
    add: () => () => undefined,
    clear: () => undefined,
    seed: () => undefined,
    hits: () => 0,
  },
  throttleLikeAws: () => undefined,
  setTrailDelivery: () => undefined,
  pids: [],
};

describe('riposte stage', () => {
  it('brings a stage up in the background, from any folder of the checkout', async () => {
    const { did, out } = await riposte('stage', 'up', '--region', 'eu-west-1');
    expect(did).toEqual([
      `launch dev in ${checkout}: node riposte.mjs stage hold --name dev --region eu-west-1`,
    ]);
    expect(out).toContain('up at http://127.0.0.1:1');
    expect(out).toContain('riposte stage deploy foundation cloudtrail-guard\n');
  });

  it('deploys too if asked to, and names the stage in what to do next', async () => {
    const { did, asked, out, notes } = await riposte('stage', 'up', '--deploy', '--name', 'two');
    expect(did).toContain('attach two');
    expect(asked).toEqual(['deploy foundation cloudtrail-guard {}']);
    expect(notes).toContain('progress');
    expect(out).toContain('riposte stage down --name two');
    expect(out).not.toContain('stage deploy');
  });

  it('deploys services with parameters', async () => {
    const { asked, out } = await riposte(
      'stage',
      'deploy',
      'foundation',
      'x',
      '--param',
      'a=1',
      '--param',
      'b=2=3',
    );
    expect(asked).toEqual(['deploy foundation x {"a":"1","b":"2=3"}']);
    expect(out).toBe('Deployed: foundation, x');
    expect((await riposte('stage', 'deploy', 'x')).asked).toEqual(['deploy x {}']);
  });

  it('plays a scenario, and says where its event went', async () => {
    const { asked, out } = await riposte(
      'stage',
      'play',
      'stop-trail',
      '--trail',
      't',
      '--user',
      'eve',
      '--duplicates',
      '2',
    );
    expect(asked.slice(0, 4)).toEqual([
      'cloudtrail:GetTrail',
      's3:CreateBucket',
      'cloudtrail:CreateTrail',
      'cloudtrail:StartLogging',
    ]);
    expect(asked[4]).toMatch(
      /^stopTrail \["t",\{"caller":\{"userName":"eve".*"deliver":\{"duplicates":2\}/,
    );
    expect(out).toMatch(/^event: AWS API Call via CloudTrail e-1\ndelivered: guard$/);
    expect(JSON.parse((await riposte('stage', 'play', 'stop-trail', '--json')).out).event.id).toBe(
      'e-1',
    );
  });

  it('shows what a shell needs to reach the stage', async () => {
    const { out } = await riposte('stage', 'env');
    expect(out).toContain(`export AWS_ACCESS_KEY_ID='1'\\''2'`);
    expect(out).toContain("export AWS_REGION='us-east-1'\nexport RIPOSTE_STAGE=local");
    expect(out).not.toContain('PATH');
  });

  it('takes a stage down', async () => {
    const { did, out } = await riposte('stage', 'down');
    expect(did).toEqual([`end dev in ${checkout}`]);
    expect(out).toBe('Stage dev is down.');
  });

  it('holds a stage until told to end', async () => {
    expect((await riposte('stage', 'hold', '--name', 'x')).did).toEqual([
      `hold x us-east-1 ${checkout}`,
    ]);
  });
});
