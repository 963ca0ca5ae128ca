import type { Command } from 'commander';
import { type DeploymentOptions, withDeploymentOptions } from '../deployment-options.ts';
import { RefusedError } from '../errors.ts';
import { jsonDocument } from '../format/json.ts';
import type { Terminal } from '../terminal.ts';
import { wholeNumber } from '../whole-number.ts';
import { type ApproveRequest, giveApprovals, planApproval } from './approve-drift.ts';
import { outcomeText, planText } from './approve-text.ts';
import { diffText, fimDiff } from './fim-diff.ts';
import { fimHistory, historyText } from './fim-history.ts';
import { fimStatus, statusTable } from './fim-status.ts';
import type { FimPorts } from './ports.ts';

/** What the commands run on; opened once a command is chosen. */
export interface FimDependencies {
  readonly terminal: Terminal;
  openFim(options: DeploymentOptions): Promise<FimPorts>;
}

interface LookOptions extends DeploymentOptions {
  readonly node?: string;
  readonly type?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

interface ApproveOptions extends LookOptions, Pick<ApproveRequest, 'reason' | 'for' | 'until'> {
  readonly yes?: boolean;
  readonly wait: number;
}

const node = 'id of a node, or ACCOUNT/REGION/ID';
const typeOption = ['--type <type>', 'one type of inventory, e.g. AWS:File'] as const;

/** Adds `riposte fim`. */
export function addFimCommand(program: Command, dependencies: FimDependencies): void {
  const fim = program
    .command('fim')
    .description('files of nodes: what differs from what was approved, and who approved it');
  addStatus(fim, dependencies);
  addDiff(fim, dependencies);
  addApprove(fim, dependencies);
  addHistory(fim, dependencies);
}

function addStatus(fim: Command, { terminal, openFim }: FimDependencies): void {
  withDeploymentOptions(
    fim.command('status').description('nodes: what differs, what is not watched'),
  )
    .option('--node <node>', node)
    .option(...typeOption)
    .option('--all', 'also what is in order')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ riposte fim status --stage prod')
    .action(async ({ json, ...options }: LookOptions) => {
      const status = await fimStatus(options, await openFim(options));
      terminal.print(json ? jsonDocument(status) : statusTable(status, terminal.width));
    });
}

function addDiff(fim: Command, { terminal, openFim }: FimDependencies): void {
  withDeploymentOptions(
    fim.command('diff <node>').description("what differs from a node's approved state"),
  )
    .option(...typeOption)
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ riposte fim diff i-0123456789abcdef0 --stage prod')
    .action(async (named: string, { json, ...options }: LookOptions) => {
      const drifts = await fimDiff({ ...options, node: named }, await openFim(options));
      terminal.print(json ? jsonDocument({ inventories: drifts }) : diffText(drifts));
    });
}

function addApprove(fim: Command, { terminal, openFim }: FimDependencies): void {
  withDeploymentOptions(
    fim
      .command('approve <node> [names...]')
      .description('say, in your name, that what differs is as it is meant to be'),
  )
    .requiredOption('--reason <reason>', 'why')
    .option(...typeOption)
    .option('--for <duration>', 'how long, e.g. 8h, 7d; for good when absent')
    .option('--until <time>', 'or until when, e.g. 2026-11-24T14:00:00Z')
    .option('--yes', 'do not ask')
    .option('--wait <seconds>', 'how long to wait until it has taken effect', wholeNumber, 60)
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      `
Names: paths as riposte fim diff shows them, or globs of them; everything that differs, and the baseline, when absent.

Example:
  $ riposte fim approve i-0123456789abcdef0 '/etc/paymentapp/*' --reason "change 4711" --stage prod`,
    )
    .action(async (named: string, names: readonly string[], options: ApproveOptions) => {
      const ports = await openFim(options);
      const planned = await planApproval({ ...options, node: named, names }, ports);
      terminal.note(planText(planned));
      if (!options.yes && terminal.isInteractive && !(await terminal.confirm('Approve it?'))) {
        throw new RefusedError('not confirmed; nothing was approved', 'answer yes, or give --yes');
      }
      const outcome = await giveApprovals(planned, options.wait * 1000, ports);
      const approvals = planned.map(({ approval }) => approval);
      terminal.print(
        options.json ? jsonDocument({ outcome, approvals }) : outcomeText(planned, outcome),
      );
    });
}

function addHistory(fim: Command, { terminal, openFim }: FimDependencies): void {
  withDeploymentOptions(
    fim.command('history <node>').description('what differed, when, and who approved it'),
  )
    .option(...typeOption)
    .option('--limit <count>', 'so many steps of each inventory, the newest', wholeNumber, 20)
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ riposte fim history i-0123456789abcdef0 --stage prod')
    .action(async (named: string, options: LookOptions & { readonly limit: number }) => {
      const query = { ...options, node: named, most: options.limit };
      const items = await fimHistory(query, await openFim(options));
      terminal.print(options.json ? jsonDocument({ history: items }) : historyText(items));
    });
}
