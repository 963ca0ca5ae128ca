import { setTimeout as sleep } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { parseArn } from '@riposte/findings';
import { awsClient, measure } from '@riposte/lambda';
import type { FindingImports } from '../ports.ts';
import type { ImportConfig } from './config.ts';
import { hubClients } from './hub-clients.ts';
import { importAgain } from './import-again.ts';
import { importFindings } from './import-findings.ts';
import { paceOf } from './pace.ts';
import { refusedQueue } from './refused-queue.ts';
import { securityHub } from './security-hub.ts';
import { reopenFindings, resolveFindings } from './update-findings.ts';

/** `FindingImports`, and the way back for what was put aside. */
export interface Imports extends FindingImports {
  /** Hands in the findings of a message `{ riposte: 'import', findings }`, checked first. */
  importAgain(findings: unknown): Promise<void>;
}

/**
 * `FindingImports` on AWS, made once a function; each run says how much time it has left. What paces calls, and clients, are kept between runs.
 *
 * @example
 * const importsWithin = findingImports(config);
 * export const handler = queueHandler((messages, context) =>
 *   look(importsWithin(() => context.getRemainingTimeInMillis()))(messages),
 * );
 */
export function findingImports(config: ImportConfig): (timeLeft: () => number) => Imports {
  const clock = () => new Date();
  const wait = (milliseconds: number) => sleep(milliseconds);
  const perSecond = config.HUB_CALLS_PER_SECOND / config.MAXIMUM_CONCURRENCY;
  const pace = paceOf({ perSecond, clock, wait });
  const ownAccount = parseArn(config.ALERTS_TOPIC_ARN).accountId;
  const owner = { findingAccount: config.FINDING_ACCOUNT, ownAccount };
  const clientIn = hubClients({
    ownAccount,
    roleName: config.FINDINGS_ROLE_NAME,
    session: `fim-${config.RIPOSTE_FUNCTION}`,
    clock,
  });
  const refused = refusedQueue(awsClient(SQSClient, {}), config.DETECTOR_DLQ_URL || config.DLQ_URL);
  return (timeLeft) => {
    const hub = securityHub(clientIn, { pace, timeLeft, wait, random: Math.random });
    const ports = { hub, refused, owner, measure };
    const handIn = importFindings(ports);
    return {
      import: handIn,
      importAgain: importAgain(handIn),
      resolve: resolveFindings(ports),
      reopen: reopenFindings(ports),
    };
  };
}
