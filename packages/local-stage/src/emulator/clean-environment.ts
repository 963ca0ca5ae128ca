import { delimiter } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Passed on as they are. Everything else stays out: the emulator reads variables of other emulators, and functions inherit its environment. */
const passed = ['HOME', 'LANG', 'LC_ALL', 'TZ', 'USER', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'];

/** The variables of a stage's child processes that all of them share: nothing from elsewhere but the few that a process needs. */
export function cleanEnvironment(
  env: Environment,
  nodeFolder: string | undefined,
): Record<string, string> {
  const kept = passed.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const path = [nodeFolder, env.PATH].filter(Boolean).join(delimiter);
  return {
    ...Object.fromEntries(kept),
    PATH: path,
    // Settings of the developer's own AWS profile must not reach the stage.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

/** What clients of the stage need to reach it, in the environment of a child process. */
export function clientEnvironment(stage: {
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
}): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: stage.endpoint,
    AWS_ENDPOINT_URL_SECURITYHUB: stage.endpoint,
    AWS_REGION: stage.region,
    AWS_DEFAULT_REGION: stage.region,
    // The emulator reads a 12-digit access key id as the account.
    AWS_ACCESS_KEY_ID: stage.accountId,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** What the emulator itself is told: its own address is the proxy's, so that each URL that it gives out leads through the proxy. */
export function emulatorEnvironment(stage: {
  readonly proxyPort: number;
  readonly accountId: string;
  readonly region: string;
  readonly temporary: string;
}): Record<string, string> {
  return {
    GATEWAY_PORT: String(stage.proxyPort),
    MINISTACK_HOST: '127.0.0.1',
    MINISTACK_ACCOUNT_ID: stage.accountId,
    MINISTACK_REGION: stage.region,
    LAMBDA_EXECUTOR: 'local',
    TMPDIR: stage.temporary,
    PYTHONUNBUFFERED: '1',
  };
}
