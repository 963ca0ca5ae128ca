import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deployServices } from './deploy-services.ts';
import { findCheckout, nodeFolder } from './find-checkout.ts';

let checkout: string;
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'deploy-test-'));
});
afterEach(() => rm(checkout, { recursive: true, force: true }));

async function file(path: string, text = ''): Promise<void> {
  await mkdir(join(checkout, path, '..'), { recursive: true });
  await writeFile(join(checkout, path), text);
}

const framework = 'node_modules/serverless/bin/serverless.js';

function deployment(services: readonly string[], more: object = {}) {
  const lines: string[] = [];
  const run = () =>
    deployServices({
      ...{ checkout, services, region: 'eu-west-1', params: { contactEmail: 'a@example.com' } },
      ...{ env: { PATH: process.env.PATH ?? '', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' } },
      onProgress: (line) => lines.push(line),
      ...more,
    });
  return { run, lines };
}

describe('deploying', () => {
  beforeEach(async () => {
    await file('services/one/serverless.yml');
    await file('services/two/serverless.yml');
    await file(
      framework,
      `const { appendFileSync, mkdirSync } = require('node:fs');
       mkdirSync('.serverless', { recursive: true });
       appendFileSync('../../record', JSON.stringify({ cwd: process.cwd().split('/').at(-1), args: process.argv.slice(2), frequency: process.env.SLS_AWS_MONITORING_FREQUENCY, home: process.env.HOME }) + '\\n');`,
    );
  });
  const record = async () =>
    (await readFile(join(checkout, 'record'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('deploys the code of one function where one is named', async () => {
    await deployment(['one'], { functionName: 'route', params: {} }).run();
    const args = ['function', '--function', 'route', '--stage', 'local', '--region', 'eu-west-1'];
    expect(await record()).toMatchObject([{ args: ['deploy', ...args] }]);
  });

  it('runs the framework for each service in the order given, and leaves nothing of its own', async () => {
    const { run, lines } = deployment(['two', 'one'], { stage: 'test' });
    await run();
    const args = ['deploy', '--stage', 'test', '--region', 'eu-west-1'];
    expect(await record()).toEqual(
      ['two', 'one'].map((cwd) => ({
        ...{ cwd, args: [...args, '--param', 'contactEmail=a@example.com'], frequency: '200' },
        home: expect.stringContaining('riposte-deploy-'),
      })),
    );
    expect(lines).toHaveLength(4);
    expect(existsSync(join(checkout, 'services/one/.serverless'))).toBe(false);
    expect(existsSync(join(checkout, '.stage'))).toBe(false);
    expect(existsSync((await record())[0].home)).toBe(false);
  });

  it('leaves what was packaged before', async () => {
    await file('services/one/.serverless/template.json');
    await deployment(['one'], { temporary: checkout }).run();
    expect(existsSync(join(checkout, 'services/one/.serverless'))).toBe(true);
    expect((await record())[0].home.startsWith(checkout)).toBe(true);
  });

  it('shows what the framework said when it fails', async () => {
    await file(framework, `console.log('Resource is bad'); console.error('no'); process.exit(2);`);
    await expect(deployment(['one']).run()).rejects.toMatchObject({
      name: 'DeployError',
      service: 'one',
      log: expect.stringContaining('Resource is bad'),
      message: expect.stringContaining('ended with 2'),
    });
  });

  it('ends one that takes too long', async () => {
    await file(framework, 'setInterval(() => {}, 1000);');
    await expect(deployment(['one'], { timeoutMs: 200 }).run()).rejects.toThrow(/longer than 200/);
  });

  it('says that there is no such service, or no framework', async () => {
    await expect(deployment(['three']).run()).rejects.toThrow(/there is no .*three/);
    await rm(join(checkout, framework));
    await expect(deployment(['one']).run()).rejects.toThrow(/npm ci/);
  });
});

describe('the checkout', () => {
  it('is found upwards', async () => {
    await file('serverless-compose.yml');
    await mkdir(join(checkout, 'a/b'), { recursive: true });
    expect(findCheckout(join(checkout, 'a/b'))).toBe(checkout);
  });

  it('is known by its services and packages too', async () => {
    await mkdir(join(checkout, 'services'));
    await mkdir(join(checkout, 'node_modules'));
    expect(findCheckout(checkout)).toBe(checkout);
  });

  it('is where one is when there is none', () => {
    expect(findCheckout('/')).toBe('/');
  });

  it('may bring the Node that functions run on', async () => {
    expect(nodeFolder(checkout)).toBeUndefined();
    await file('node_modules/node/bin/node');
    expect(nodeFolder(checkout)).toBe(join(checkout, 'node_modules/node/bin'));
  });
});
