import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { connect } from '../aws/connection.ts';
import type { DeploymentOptions } from '../deployment-options.ts';
import { hubFindings, hubFindingsById } from './aws/hub-findings.ts';
import { hubRulesV1, hubRulesV2 } from './aws/hub-rules.ts';
import type { SecurityHubPorts } from './ports.ts';

/** Opens Security Hub of an account and Region for reading. Nothing of Riposte needs to be deployed there. */
export async function openSecurityHub(options: DeploymentOptions): Promise<SecurityHubPorts> {
  const { config } = await connect(options);
  return hubPorts(new SecurityHubClient({ ...config, ...patient }));
}

/** GetFindings takes three calls a second from an account and Region; thousands of findings need more patience than a command's calls. */
const patient = { maxAttempts: 10, retryMode: 'adaptive' } as const;

/** Security Hub behind a client. */
export function hubPorts(client: SecurityHubClient): SecurityHubPorts {
  return {
    findings: (query) => hubFindings(client, query),
    findingsById: (id) => hubFindingsById(client, id),
    rulesV1: () => hubRulesV1(client),
    rulesV2: () => hubRulesV2(client),
  };
}
