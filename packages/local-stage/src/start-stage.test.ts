import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { attachStage } from './background/attach-stage.ts';
import { holdStage } from './background/hold-stage.ts';
import { endStage, launchStage } from './background/launch-stage.ts';
import { readState, stageNames, writeState } from './background/stage-state.ts';
import { startTimeOf } from './running-process.ts';
import { startStage } from './start-stage.ts';

const topic = 'arn:aws:sns:eu-west-1:123456789012:alerts';

let folder: string;
let emulator: Server;
let env: Record<string, string | undefined>;
/** Operations that the emulator was asked for. */
let asked: string[];

/** An emulator that says yes to everything, in the protocol it is asked in. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-stage-'));
  asked = [];
  emulator = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const target = String(request.headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1);
    const action = /Action=(\w+)/.exec(body)?.[1];
    asked.push(target || action || '');
    const answers: Record<string, string> = {
      ListTopics: `<ListTopicsResponse><ListTopicsResult><Topics><member><TopicArn>${topic}</TopicArn></member></Topics></ListTopicsResult></ListTopicsResponse>`,
      Subscribe:
        '<SubscribeResponse><SubscribeResult><SubscriptionArn>arn</SubscriptionArn></SubscribeResult></SubscribeResponse>',
      Unsubscribe: '<UnsubscribeResponse/>',
      CreateQueue: '{"QueueUrl":"http://127.0.0.1/queue"}',
    };
    response.end(answers[target || action || ''] ?? '{}');
  }).listen(0, '127.0.0.1');
  await once(emulator, 'listening');
  const address = emulator.address();
  const port = typeof address === 'object' ? address?.port : 0;
  env = { PATH: process.env.PATH, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
});
afterEach(async () => {
  emulator.closeAllConnections();
  emulator.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a stage on an emulator that was given', () => {
  it('has all that a stage has', async () => {
    const lines: string[] = [];
    const calls: string[] = [];
    const stage = await startStage({
      ...{ env, quiet: true, region: 'eu-west-1', checkout: folder },
      onProgress: (line) => lines.push(line),
      onCall: ({ operation }) => calls.push(operation),
    });
    try {
      expect(lines.at(-1)).toBe(`the stage is up at ${stage.endpoint}`);
      expect(stage).toMatchObject({ accountId: '123456789012', region: 'eu-west-1', pids: [] });
      expect(stage.env).toMatchObject({
        AWS_ENDPOINT_URL: stage.endpoint,
        AWS_REGION: 'eu-west-1',
      });
      await stage.play.stopTrail('main', { deliver: false });
      expect(stage.calls().map(({ operation }) => operation)).toEqual(['StopLogging']);
      expect(calls).toEqual(['StopLogging']);
      expect(await stage.messages(topic)).toEqual([]);
      await stage.unsubscribe(topic);
      expect(await stage.logs('restart')).toEqual([]);
      await stage.standStill();
      const finding = await stage.play.loggingDisabledFinding('asff', { trails: ['main'] });
      expect(finding.delivery.matched).toEqual([]);
      const imported = await stage.play.importFindings([]);
      expect(imported).toHaveProperty('Message');
      expect(asked).toEqual(expect.arrayContaining(['StopLogging', 'ListRules', 'Unsubscribe']));
    } finally {
      await stage.stop();
      await stage.stop();
    }
  });

  it('deploys, and listens to the topics there are then', async () => {
    await mkdir(join(folder, 'services/one'), { recursive: true });
    await writeFile(join(folder, 'services/one/serverless.yml'), '');
    await mkdir(join(folder, 'node_modules/serverless/bin'), { recursive: true });
    await writeFile(
      join(folder, 'node_modules/serverless/bin/serverless.js'),
      `require('node:fs').writeFileSync('../../region', process.env.AWS_REGION);`,
    );
    const stage = await startStage({ env, quiet: true, checkout: folder });
    try {
      await stage.deploy('one');
      expect(asked).toContain('Subscribe');
      await stage.deploy(['one'], { a: 'b' }, { region: 'eu-west-1', accountId: '210987654321' });
      await expect(readFile(join(folder, 'region'), 'utf8')).resolves.toBe('eu-west-1');
    } finally {
      await stage.stop();
    }
  });

  it('does not start where nothing answers', async () => {
    const none = { PATH: '', XDG_CACHE_HOME: folder };
    await expect(startStage({ env: none, quiet: true })).rejects.toMatchObject({
      name: 'MissingPrerequisiteError',
    });
  });
});

describe('a stage held for others', () => {
  it('is joined by its name', async () => {
    const { stage } = await holdStage({ name: 'dev', folder, env, quiet: true, checkout: folder });
    try {
      await expect(holdStage({ name: 'dev', folder, env, quiet: true })).rejects.toThrow(
        /up already/,
      );
      await expect(launchStage({ name: 'dev', folder, command: ['true'] })).rejects.toThrow(
        /up already/,
      );
      expect(await stageNames(folder)).toEqual(['dev']);
      const joined = await attachStage('dev', { folder });
      expect(joined).toMatchObject({ name: 'dev', endpoint: stage.endpoint });
      await joined.play.stopTrail('main', { deliver: false });
      expect(await joined.calls()).toEqual(JSON.parse(JSON.stringify(stage.calls())));
      expect(await joined.messages(topic)).toEqual([]);
      await joined.unsubscribe(topic);
      const told = await joined.play.loggingDisabledFinding('asff', { trails: ['main'] });
      expect(told.event['detail-type']).toBe('Security Hub Findings - Imported');
      await expect(
        joined.play.loggingDisabledFinding('ocsf', { trails: ['main'] }),
      ).resolves.toHaveProperty('delivery');
      await mkdir(join(folder, 'services'), { recursive: true });
      await expect(joined.deploy('none')).rejects.toThrow(/there is no/);
    } finally {
      await stage.stop();
    }
  });

  it('is not joined when its process is gone, and not when it never was', async () => {
    await writeState(folder, {
      ...{ name: 'old', endpoint: '', emulatorEndpoint: '', securityHubEndpoint: '' },
      ...{ accountId: '', region: '', checkout: folder, owned: [] },
      holder: { pid: process.pid, startedAt: 'earlier' },
    });
    await expect(attachStage('old', { folder })).rejects.toThrow(/process is gone/);
    await expect(attachStage('never', { folder })).rejects.toThrow(/not up/);
    await expect(readState(folder, '../x')).rejects.toThrow(/no name/);
    await endStage('old', folder);
    expect(await stageNames(folder)).toEqual([]);
    await expect(endStage('old', folder)).rejects.toThrow(/not up/);
    expect(await stageNames(join(folder, 'nowhere'))).toEqual([]);
  });

  it('is launched in the background, and ended with what it owns', async () => {
    // Stands for a command that holds a stage: writes the state, and does not listen to SIGTERM.
    const program = `
      const fs = require('node:fs');
      const started = (pid) => { const s = fs.readFileSync('/proc/' + pid + '/stat', 'utf8'); return s.slice(s.lastIndexOf(')') + 2).split(' ')[19]; };
      const child = require('node:child_process').spawn('sleep', ['100']);
      const state = { name: 'dev', endpoint: '', emulatorEndpoint: '', securityHubEndpoint: '', accountId: '', region: '', checkout: '',
        holder: { pid: process.pid, startedAt: started(process.pid) }, owned: [{ pid: child.pid, startedAt: started(child.pid) }] };
      fs.writeFileSync('.stage/part', JSON.stringify(state));
      fs.renameSync('.stage/part', '.stage/dev.json');
      setInterval(() => {}, 1000);
    `;
    const state = await launchStage({
      name: 'dev',
      folder,
      command: [process.execPath, '-e', program],
    });
    expect(state.name).toBe('dev');
    await endStage('dev', folder);
    for (const { pid } of [state.holder, ...state.owned]) expect(await startTimeOf(pid)).toBe('');
    expect(existsSync(join(folder, '.stage/dev.json'))).toBe(false);
  });

  it('is reported with what its command said when it does not come up', async () => {
    const command = ['sh', '-c', 'echo broken; exit 4'] as const;
    await expect(launchStage({ name: 'dev', folder, command })).rejects.toThrow(/\(4\)\nbroken/);
    const missing = [join(folder, 'nothing')] as const;
    await expect(launchStage({ name: 'dev', folder, command: missing })).rejects.toThrow(/ENOENT/);
    const slow = ['sleep', '100'] as const;
    const launching = launchStage({ name: 'dev', folder, command: slow, timeoutMs: 150 });
    await expect(launching).rejects.toThrow(/too slow/);
  });

  it('ends when it is told to', async () => {
    const other = () => undefined;
    process.on('SIGTERM', other);
    const { ended } = await holdStage({ name: 'dev', folder, env, quiet: true, checkout: folder });
    process.emit('SIGTERM', 'SIGTERM');
    await ended;
    process.removeListener('SIGTERM', other);
    expect(await stageNames(folder)).toEqual([]);
  });
});
