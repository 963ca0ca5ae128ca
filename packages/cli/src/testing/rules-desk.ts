import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import type { RulesDependencies } from '../rules/ports.ts';
import { addRulesCommand } from '../rules/rules-command.ts';
import { fakeTerminal } from './fakes.ts';

/** What a command line came to. */
export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly notes: string;
}

/** A folder in which `riposte rules` runs. */
export interface RulesDesk {
  readonly folder: string;
  /** Writes files below the folder. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Runs `riposte rules …`; errors are thrown. */
  rules(argv: readonly string[], changes?: Partial<RulesDependencies>): Promise<Ended>;
  clear(): Promise<void>;
}

/** A new folder for rules. */
export async function rulesDesk(): Promise<RulesDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'riposte-rules-'));
  return {
    folder,
    async write(files) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
    },
    async rules(argv, changes = {}) {
      const terminal = fakeTerminal();
      let status = 0;
      const program = new Command('riposte').exitOverride();
      addRulesCommand(program, {
        terminal,
        cwd: folder,
        input: noInput(),
        openSecurityHub: () => Promise.reject(new TypeError('no Security Hub here')),
        openMemory: () => Promise.reject(new TypeError('no deployment here')),
        exitWith: (code) => {
          status = code;
        },
        ...changes,
      });
      await program.parseAsync(['rules', ...argv], { from: 'user' });
      return { status, out: terminal.printed.join('\n'), notes: terminal.notes.join('\n') };
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}

async function* noInput(): AsyncGenerator<Uint8Array> {}

/** A pack in which one rule raises findings of S3, and another, which is not enabled, tells of everything. */
export const samplePack = `pack: sample
rules:
  - name: raise
    when: { asff: { ResourceType: [{ Value: AwsS3Bucket, Comparison: EQUALS }] } }
    then: [{ update: { severity: CRITICAL } }]
  - name: tell
    enabled: false
    when: { always: true }
    then: [{ notify: { channel: alerts } }]
`;

export const sampleChannels =
  "channels: [{ name: alerts, type: sns, topic: 'arn:aws:sns:eu-west-1:123456789012:alerts' }]\n";
