import { setTimeout } from 'node:timers/promises';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { awsClient } from '@riposte/lambda';
import type { GuardConfig } from './config.ts';
import { guardPorts } from './guard-ports.ts';
import type { FindingPorts } from './ports.ts';
import { securityHubNotes } from './security-hub-notes.ts';

/** The ports of answers to findings, on AWS: Security Hub in the function's own Region, where findings are aggregated. */
export function findingPorts(config: GuardConfig): FindingPorts {
  return {
    ...guardPorts(config),
    notes: securityHubNotes(awsClient(SecurityHubClient, {})),
    wait: (ms) => setTimeout(ms),
  };
}
