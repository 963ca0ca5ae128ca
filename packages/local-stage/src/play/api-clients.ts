import { clientSettings } from '../clients.ts';
import { UnknownOperationError } from '../errors.ts';
import type { AccountRegion } from '../types.ts';
import { firstLower } from './request-parameters.ts';
import type { PlayedService } from './types.ts';

type Settings = ReturnType<typeof clientSettings>;
type Client = { destroy(): void };

/** Loaded when first played: a stage that plays one service need not read ten clients. */
const clients: Readonly<Record<PlayedService, (settings: Settings) => Promise<Client>>> = {
  cloudtrail: async (s) => new (await import('@aws-sdk/client-cloudtrail')).CloudTrail(s),
  dynamodb: async (s) => new (await import('@aws-sdk/client-dynamodb')).DynamoDB(s),
  events: async (s) => new (await import('@aws-sdk/client-eventbridge')).EventBridge(s),
  iam: async (s) => new (await import('@aws-sdk/client-iam')).IAM(s),
  kms: async (s) => new (await import('@aws-sdk/client-kms')).KMS(s),
  lambda: async (s) => new (await import('@aws-sdk/client-lambda')).Lambda(s),
  s3: async (s) => new (await import('@aws-sdk/client-s3')).S3({ ...s, forcePathStyle: true }),
  sns: async (s) => new (await import('@aws-sdk/client-sns')).SNS(s),
  sqs: async (s) => new (await import('@aws-sdk/client-sqs')).SQS(s),
  ssm: async (s) => new (await import('@aws-sdk/client-ssm')).SSM(s),
};

/** Makes one API call by its names. */
export type CallApi = (call: {
  readonly service: PlayedService;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly where: AccountRegion;
}) => Promise<unknown>;

/** Application id of played calls, in the proxy's record. */
export const playAppId = 'stage-play';

/** Calls any operation of the services known, through the proxy, retrying where it throttles. */
export function apiCaller(endpoint: string): CallApi {
  return async ({ service, operation, input, where }) => {
    const settings = { ...clientSettings(endpoint, where), userAgentAppId: playAppId };
    const client = await clients[service]({ ...settings, maxAttempts: 10 });
    try {
      const call: unknown = Reflect.get(client, firstLower(operation));
      if (typeof call !== 'function') throw new UnknownOperationError(service, operation);
      return await Reflect.apply(call, client, [input]);
    } finally {
      client.destroy();
    }
  };
}
