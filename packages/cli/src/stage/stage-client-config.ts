import type { Stage } from '@riposte/local-stage';
import type { ClientConfig } from '../aws/connection.ts';

/** How clients reach a local stage: as on AWS, but for endpoint and credentials. */
export function stageClientConfig(stage: Pick<Stage, 'endpoint' | 'env' | 'region'>): ClientConfig {
  return {
    userAgentAppId: 'riposte-cli',
    maxAttempts: 5,
    region: stage.region,
    endpoint: stage.endpoint,
    credentials: {
      accessKeyId: stage.env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: stage.env.AWS_SECRET_ACCESS_KEY ?? '',
    },
  };
}
