import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { partitionOfRegion } from '@riposte/findings';
import type { DeploymentOptions } from '../deployment-options.ts';
import { AwsCallError, InvalidOptionError } from '../errors.ts';

/** What clients of one account and Region are made with. */
export interface ClientConfig {
  readonly userAgentAppId: string;
  readonly maxAttempts: number;
  readonly region: string;
  readonly profile?: string;
  /** Of the local stage; AWS itself, or the environment's, when absent. */
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** An account and Region that commands work in, and who works there. */
export interface Connection {
  readonly stage: string;
  readonly region: string;
  readonly partition: string;
  readonly accountId: string;
  /** ARN of the person or role that runs the command. */
  readonly caller: string;
  readonly config: ClientConfig;
}

/**
 * Finds out who runs the command, and where.
 *
 * @throws InvalidOptionError when no Region is set.
 */
export async function connect(options: DeploymentOptions): Promise<Connection> {
  const { stage, profile } = options;
  const given = {
    userAgentAppId: 'riposte-cli',
    maxAttempts: 5,
    ...(options.region !== undefined && { region: options.region }),
    ...(profile !== undefined && { profile }),
  };
  const sts = new STSClient(given);
  const region = await regionOf(sts);
  const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
  if (Account === undefined || Arn === undefined) {
    throw new AwsCallError('STS does not say who you are', 'try again, or another --profile');
  }
  const partition = partitionOfRegion(region);
  return {
    stage,
    region,
    partition,
    accountId: Account,
    caller: Arn,
    config: { ...given, region },
  };
}

async function regionOf(sts: STSClient): Promise<string> {
  try {
    return await sts.config.region();
  } catch (cause) {
    const remedy = 'give --region, or set AWS_REGION, e.g. --region eu-west-1';
    throw new InvalidOptionError('--region', 'no Region is set', remedy, { cause });
  }
}
