import { type FunctionConfiguration, paginateListFunctions } from '@aws-sdk/client-lambda';
import { MissingPeerError, NotMeasuredError } from '../errors.ts';
import type { Answerer } from './answer-time.ts';
import { bareAppId, bareFunction } from './deploy-bare.ts';
import type { GuardWorld } from './guard-world.ts';
import { custodianFunction } from './provision-custodian.ts';

export const restartAppId = 'riposte-restart-trail';
export const outboxAppId = 'riposte-outbox';

/** Who answers on the stage. */
export interface Answerers {
  readonly riposte: Answerer;
  readonly custodian: Answerer;
  readonly bare: Answerer;
  readonly restoreFunction: string;
  /** Bytes of each deployed zip, by function name. */
  readonly zipBytes: ReadonlyMap<string, number>;
}

/**
 * Finds the functions that were deployed.
 *
 * @throws NotMeasuredError, MissingPeerError where one is missing.
 */
export async function findAnswerers({ lambda }: GuardWorld): Promise<Answerers> {
  const functions: FunctionConfiguration[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    functions.push(...Functions);
  }
  const named = (end: string) => {
    const found = functions.find(({ FunctionName = '' }) => FunctionName.endsWith(end));
    if (found?.FunctionName !== undefined) return found.FunctionName;
    throw new NotMeasuredError(
      `no function ${end} was deployed`,
      'does the service still have it?',
    );
  };
  const zipBytes = new Map(
    functions.map(({ FunctionName = '', CodeSize = 0 }) => [FunctionName, CodeSize]),
  );
  if (!zipBytes.has(custodianFunction)) {
    throw new MissingPeerError(
      `Cloud Custodian deployed no function ${custodianFunction}`,
      'nothing is compared without it',
    );
  }
  return {
    riposte: {
      functionName: named('-local-restart-trail'),
      isOwn: ({ appId = '' }) => appId.startsWith('riposte-'),
    },
    custodian: {
      functionName: custodianFunction,
      isOwn: ({ userAgent }) => userAgent.startsWith('c7n/') || userAgent.startsWith('Boto3/'),
    },
    bare: { functionName: bareFunction, isOwn: ({ appId }) => appId === bareAppId },
    restoreFunction: named('-local-restore-trail'),
    zipBytes,
  };
}
