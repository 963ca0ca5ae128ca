import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { observerAppId } from './proxy/serve-call.ts';
import type { AccountRegion } from './types.ts';

type PerPlace<TClient> = (where: AccountRegion) => TClient;

/** The stage's own clients, one for each account and Region, made when first asked for. */
export interface StageClients {
  readonly cloudTrail: PerPlace<CloudTrailClient>;
  readonly events: PerPlace<EventBridgeClient>;
  readonly lambda: PerPlace<LambdaClient>;
  readonly logs: PerPlace<CloudWatchLogsClient>;
  readonly sns: PerPlace<SNSClient>;
  readonly sqs: PerPlace<SQSClient>;
  close(): void;
}

/** What every client of the stage is made with. */
export function clientSettings(endpoint: string, { accountId, region }: AccountRegion) {
  return {
    endpoint,
    region,
    credentials: { accessKeyId: accountId, secretAccessKey: 'local' },
    userAgentAppId: observerAppId,
    maxAttempts: 3,
  };
}

/** CloudTrail is asked through the proxy, which adds what the emulator lacks; everything else goes straight to the emulator. */
export function stageClients(endpoints: {
  readonly proxy: string;
  readonly emulator: string;
}): StageClients {
  const made: { destroy(): void }[] = [];
  function perPlace<TClient extends { destroy(): void }>(
    make: (settings: ReturnType<typeof clientSettings>) => TClient,
    endpoint: string = endpoints.emulator,
  ): PerPlace<TClient> {
    const known = new Map<string, TClient>();
    return (where) => {
      const key = `${where.accountId}|${where.region}`;
      const client = known.get(key) ?? make(clientSettings(endpoint, where));
      if (!known.has(key)) made.push(client);
      known.set(key, client);
      return client;
    };
  }
  return {
    cloudTrail: perPlace((settings) => new CloudTrailClient(settings), endpoints.proxy),
    events: perPlace((settings) => new EventBridgeClient(settings)),
    lambda: perPlace((settings) => new LambdaClient(settings)),
    logs: perPlace((settings) => new CloudWatchLogsClient(settings)),
    sns: perPlace((settings) => new SNSClient(settings)),
    sqs: perPlace((settings) => new SQSClient(settings)),
    close: () => {
      for (const client of made) client.destroy();
    },
  };
}
