import { type Command, Option } from 'commander';

/** Which deployment a command talks to. */
export interface DeploymentOptions {
  readonly stage: string;
  readonly region?: string;
  readonly profile?: string;
}

/** Adds the options that every command on a deployment has. */
export function withDeploymentOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--stage <stage>', 'stage of the deployment').default('dev').env('RIPOSTE_STAGE'),
    )
    .option('--region <region>', 'home Region of the deployment; the AWS configuration when absent')
    .option('--profile <profile>', 'AWS profile; the AWS configuration when absent');
}
