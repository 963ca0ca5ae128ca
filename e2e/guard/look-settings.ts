import type { Stage } from '@riposte/local-stage';

/** Where a look is taken; the stage's own account and Region when absent. */
export interface Place {
  readonly accountId?: string;
  readonly region?: string;
}

/** Clients of tests: like the stage's own looks, they are neither recorded nor throttled nor failed. */
export function lookSettings(stage: Stage, { accountId, region }: Place = {}) {
  return {
    endpoint: stage.endpoint,
    region: region ?? stage.region,
    credentials: { accessKeyId: accountId ?? stage.accountId, secretAccessKey: 'local' },
    userAgentAppId: 'stage-observer',
    maxAttempts: 3,
  };
}
