import type { AttachedStage } from '@riposte/local-stage';

/** The stage name that services get on a local stage. */
export const localStage = 'local';

/**
 * Lines for a shell, after which `aws`, `sls` and `riposte` talk to a local stage.
 *
 * @example
 * // $ eval "$(riposte stage env)"
 */
export function stageEnvironment({ env, region }: Pick<AttachedStage, 'env' | 'region'>): string {
  const names = Object.keys(env).filter((name) => name.startsWith('AWS_'));
  return [
    ...names.map((name) => `export ${name}=${quoted(env[name] ?? '')}`),
    ...(names.includes('AWS_REGION') ? [] : [`export AWS_REGION=${quoted(region)}`]),
    `export RIPOSTE_STAGE=${localStage}`,
    'unset AWS_PROFILE AWS_SESSION_TOKEN',
  ].join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
