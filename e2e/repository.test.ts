import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));

const packageFile = z.object({
  workspaces: z.array(z.string()).optional(),
  scripts: z.record(z.string(), z.string()).default({}),
});
const readPackage = async (folder: string) =>
  packageFile.parse(JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')));

/** Folders of all workspaces, e.g. `packages/findings`; `rules` too, which comes with the router. */
const { workspaces: patterns = [] } = await readPackage('.');
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
    ...['findings', 'rules', 'responses', 'remediations', 'lambda'].map(
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
      ['packages/findings', 'packages/rules'],
      ['@aws-sdk/client-s3', '@aws-sdk/client-s3/dist-types/models', '@smithy/node-http-handler'],
    ],
    [deployed, developmentOnly],
    [
      ['packages/findings', 'packages/serverless-plugin'],
      ['@riposte/responses', '@riposte/remediations/cloudtrail'],
    ],
    [['packages/rules'], ['@riposte/responses', '@riposte/responses/aws/dynamo-records']],
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
