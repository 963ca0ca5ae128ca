import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { ruleSetPlugin } from './rule-set-plugin.ts';

const entry = fileURLToPath(new URL('./rule-set.ts', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rules-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function bundle() {
  return build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
    plugins: [ruleSetPlugin(folder)],
  });
}

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

describe('the rules in a package', () => {
  it('are JSON: neither the reader of YAML nor a path is in it', async () => {
    write('a.rules.yaml', 'pack: a\nrules: [{ name: b, when: { always: true }, then: [] }]\n');
    const { outputFiles } = await bundle();
    const code = outputFiles[0]?.text ?? '';
    const module: unknown = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    expect(module).toMatchObject({ ruleSet: { packs: [{ name: 'a', rules: [{ id: 'a/b' }] }] } });
    expect(code.length).toBeLessThan(1000);
  });

  it('fail the build where they are wrong, by file, line and column, with what was meant', async () => {
    write(
      'a.rules.yaml',
      'pack: a\nrules:\n  - name: b\n    when: { asff: { Titel: [] } }\n    then: []\n',
    );
    const failed: unknown = await bundle().catch((error: unknown) => error);
    expect(failed).toMatchObject({
      errors: [
        {
          text: 'rules[0].when.asff.Titel: unknown key Titel',
          location: {
            line: 4,
            column: 20,
            lineText: '    when: { asff: { Titel: [] } }',
            suggestion: 'Title',
          },
        },
      ],
    });
    expect(String(failed)).toContain('a.rules.yaml:4:20');
  });

  it('warn of what is doubtful', async () => {
    write(
      'a.rules.yaml',
      'pack: a\nrules: [{ name: b, when: { always: true }, then: [{ notify: { channel: c, group: { by: [acount], wait: 0s, interval: 0s } } }] }]\n',
    );
    write('channels.yaml', 'channels: [{ name: c, type: teams, secret: s }]\n');
    const { warnings } = await bundle();
    expect(warnings).toMatchObject([{ location: { suggestion: 'account' } }]);
  });

  it('fail the build where a message cannot be written, and warn of what is always empty', async () => {
    write('a.rules.yaml', 'pack: a\nrules: [{ name: b, when: { always: true }, then: [] }]\n');
    const channel = (title: string) =>
      `channels:\n  - name: c\n    type: sns\n    topic: arn:aws:sns:eu-west-1:123456789012:t\n    title: '${title}'\n`;
    write('channels.yaml', channel('{{ finding.titel }}'));
    const { warnings } = await bundle();
    expect(warnings).toMatchObject([
      { text: 'channels[0].title: undefined variable: finding.titel', location: { line: 5 } },
    ]);
    write('channels.yaml', channel('{% if %}'));
    const failed: unknown = await bundle().catch((error: unknown) => error);
    expect(failed).toMatchObject({ errors: [{ location: { line: 5, column: 11 } }] });
  });
});
