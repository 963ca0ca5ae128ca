import { type Command, InvalidArgumentError } from 'commander';
import { addEventsCommand } from './events-command.ts';
import { findCheckout } from './find-checkout.ts';
import { addPlayCommand } from './play-command.ts';
import { attach, type StageDependencies, type StageNameOptions } from './stage-context.ts';
import { localStage, stageEnvironment } from './stage-environment.ts';

const defaultServices = ['foundation', 'cloudtrail-guard'] as const;

interface UpOptions extends StageNameOptions {
  readonly region: string;
  readonly deploy?: boolean;
}

interface DeployOptions extends StageNameOptions {
  readonly param?: Readonly<Record<string, string>>;
}

/** Adds `riposte stage`. */
export function addStageCommand(program: Command, dependencies: StageDependencies): void {
  const stage = program
    .command('stage')
    .description(
      'AWS on this machine: bring it up, deploy, make things happen, watch, tear it down',
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ riposte stage up --deploy\n  $ riposte stage play stop-trail\n  $ riposte stage events\n  $ riposte stage down',
    );
  addUp(stage, dependencies);
  addDeploy(stage, dependencies);
  addPlayCommand(stage, dependencies);
  addEventsCommand(stage, dependencies);
  addEnvironment(stage, dependencies);
  addDown(stage, dependencies);
  addHold(stage, dependencies);
}

function addUp(stage: Command, dependencies: StageDependencies): void {
  const { terminal, stageTools, self, cwd } = dependencies;
  withName(stage.command('up').description('start it in the background; it survives this command'))
    .option('--region <region>', 'home Region', 'us-east-1')
    .option('--deploy', `deploy ${defaultServices.join(' and ')} too`)
    .action(async ({ name, region, deploy = false }: UpOptions) => {
      const folder = findCheckout(cwd);
      terminal.note(`starting (log: .stage/${name}.log) …`);
      const command = [...self, 'stage', 'hold', '--name', name, '--region', region] as const;
      const { endpoint } = await stageTools.launchStage({ name, folder, command });
      if (deploy) {
        const attached = await attach({ name }, dependencies);
        await attached.deploy(defaultServices, {}, { stage: localStage });
      }
      const here = name === defaultName ? '' : ` --name ${name}`;
      terminal.print(
        [
          `Stage ${name} is up at ${endpoint}`,
          ...(deploy ? [] : [`  riposte stage deploy ${defaultServices.join(' ')}${here}`]),
          `  riposte stage play stop-trail${here}      make something happen`,
          `  riposte stage events --follow${here}      watch what happens`,
          `  eval "$(riposte stage env${here})"        point aws, sls and riposte at it`,
          `  riposte stage down${here}`,
        ].join('\n'),
      );
    });
}

function addDeploy(stage: Command, dependencies: StageDependencies): void {
  withName(
    stage.command('deploy <services...>').description('deploy services as `sls deploy` does'),
  )
    .option('--param <name=value>', 'parameter of the services; can be repeated', parameter)
    .addHelpText(
      'after',
      '\nExample:\n  $ riposte stage deploy foundation cloudtrail-guard --param sweepMinutes=1',
    )
    .action(async (services: readonly string[], { name, param = {} }: DeployOptions) => {
      const attached = await attach({ name }, dependencies);
      await attached.deploy(services, param, { stage: localStage });
      dependencies.terminal.print(`Deployed: ${services.join(', ')}`);
    });
}

function addEnvironment(stage: Command, dependencies: StageDependencies): void {
  withName(
    stage.command('env').description('lines for a shell that point aws, sls and riposte at it'),
  )
    .addHelpText('after', '\nExample:\n  $ eval "$(riposte stage env)" && riposte doctor')
    .action(async (options: StageNameOptions) => {
      dependencies.terminal.print(stageEnvironment(await attach(options, dependencies)));
    });
}

function addDown(stage: Command, { terminal, stageTools, cwd }: StageDependencies): void {
  withName(stage.command('down').description('end it; nothing is left of it')).action(
    async ({ name }: StageNameOptions) => {
      await stageTools.endStage(name, findCheckout(cwd));
      terminal.print(`Stage ${name} is down.`);
    },
  );
}

/** What `up` starts in the background. */
function addHold(stage: Command, { stageTools, cwd }: StageDependencies): void {
  withName(
    stage.command('hold', { hidden: true }).description('start it, and hold it until told to end'),
  )
    .option('--region <region>', 'home Region', 'us-east-1')
    .action(async ({ name, region }: UpOptions) => {
      const folder = findCheckout(cwd);
      const { ended } = await stageTools.holdStage({ name, region, folder, checkout: folder });
      await ended;
    });
}

const defaultName = 'dev';

function withName(command: Command): Command {
  return command.option('--name <name>', 'which stage, where several run', defaultName);
}

function parameter(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name = '', value = ''] = /^([\w-]+)=(.*)$/s.exec(text) ?? [];
  if (name === '') throw new InvalidArgumentError('give NAME=VALUE.');
  return { ...before, [name]: value };
}
