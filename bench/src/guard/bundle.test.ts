import { describe, expect, it } from '@jest/globals';
import { loadedClients, settingsOf } from './bundle.ts';

const file = (imports: readonly (readonly [string, 'import-statement' | 'dynamic-import'])[]) => ({
  bytes: 1,
  imports: imports.map(([path, kind]) => ({ path, kind })),
});

describe('loadedClients', () => {
  it('follows imports to the client packages, and not those that wait', () => {
    const inputs = {
      'handler.ts': file([
        ['ports.ts', 'import-statement'],
        ['queue.ts', 'dynamic-import'],
      ]),
      'ports.ts': file([
        ['node_modules/@aws-sdk/client-ssm/dist-cjs/index.js', 'import-statement'],
        ['node_modules/zod/index.js', 'import-statement'],
        ['handler.ts', 'import-statement'],
      ]),
      'queue.ts': file([
        ['node_modules/@aws-sdk/client-sqs/dist-cjs/index.js', 'import-statement'],
      ]),
    };
    expect([...loadedClients({ inputs }, 'handler.ts')]).toEqual(['@aws-sdk/client-ssm']);
  });
});

describe('settingsOf', () => {
  it('takes what a service says to esbuild, and leaves what it says to the plugin', () => {
    const yml = `
custom:
  esbuild: { bundle: true, mainFields: [module, main], skipRebuild: true, outputWorkFolder: x }
functions:
  answer: { environment: { QUEUE: !Ref Queue } }
`;
    expect(settingsOf(yml)).toEqual({ bundle: true, mainFields: ['module', 'main'] });
  });

  it('is empty where the service says nothing', () => {
    expect(settingsOf('service: none')).toEqual({});
  });
});
