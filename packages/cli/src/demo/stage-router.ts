import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { formatArn, partitionOfRegion } from '@riposte/findings';
import type { DeployOptions, JiraDouble, JiraDoubleIssue, Stage } from '@riposte/local-stage';
import { DemoFailedError } from '../errors.ts';
import { hubPorts } from '../rules/open-security-hub.ts';
import { stageClientConfig } from '../stage/stage-client-config.ts';
import { localStage } from '../stage/stage-environment.ts';
import { demoChannels, enableWaitingRule, writeDemoRules } from './demo-rules.ts';
import { idOfFinding } from './hub-finding.ts';
import { portScanFinding } from './port-scan-finding.ts';
import type { DemoTicket, RouterDesk, SentFinding } from './router-desk.ts';
import { previewRule } from './rule-preview.ts';
import { faultOfRiposte } from './wait-for.ts';

const service = 'finding-router';
/** Rules are in the bundles of functions; this one alone evaluates them. */
const evaluates = 'route';
/** Functions that the demo's findings pass through. */
const functions = [
  'route',
  'update-findings',
  'group-alerts',
  'tell-groups',
  'deliver-sns',
  'deliver-jira',
].map((name) => `riposte-${name}`);

/** Who calls the demo's Jira. */
export const jiraUser = { email: 'riposte@example.com', token: 'demo' } as const;

/** What the router of the demo stands between. */
export interface RouterParts {
  readonly stage: Stage;
  readonly jira: JiraDouble;
  /** Where the demo's rules are. */
  readonly folder: string;
}

/** The router on a stage. */
export function stageRouter({ stage, jira, folder }: RouterParts): RouterDesk {
  const config = stageClientConfig(stage);
  const hub = hubPorts(new SecurityHubClient(config));
  const secrets = new SecretsManagerClient(config);
  const since = new Date(Date.now() - 60_000).toISOString();
  const deploy = (options: DeployOptions = {}) =>
    stage.deploy(service, { rulesFolder: folder }, { stage: localStage, ...options });
  return {
    async deploy() {
      await writeDemoRules(folder, jira.url);
      const SecretString = JSON.stringify(jiraUser);
      const Name = demoChannels.jiraSecret;
      await secrets.send(new CreateSecretCommand({ Name, SecretString }));
      await deploy();
    },
    sendFinding: (instance) => sendPortScan(stage, instance),
    async importOthers(count) {
      await stage.play.importFindings(otherFindings(stage, count));
    },
    tickets: async (findingId) =>
      jira
        .issues()
        .filter((issue) => !issue.isDeleted && descriptionOf(jira, issue).includes(findingId))
        .map(ticketOf),
    async findingsRead() {
      const lines = await stage.logs(`riposte-${service}-${localStage}-${evaluates}`);
      return lines.map(({ message }) => readIn(message)).reduce((sum, some) => sum + some, 0);
    },
    writes: async () =>
      stage
        .calls()
        .filter(({ appId = '', operation }) => functions.includes(appId) && isWrite(operation))
        .length,
    async preview(rule) {
      const now = new Date();
      return previewRule(rule, { folder, source: hub.findings({ since, now }), now });
    },
    async enableRule() {
      await enableWaitingRule(folder);
      await deploy({ functionName: evaluates });
    },
  };
}

async function sendPortScan(stage: Stage, instance: string): Promise<SentFinding> {
  const finding = portScanFinding(stage, instance);
  const heard = await stage.play.serviceFindings('asff', [finding]);
  // It is told of in OCSF too, and others meanwhile.
  const sent = heard.find(({ event }) => idOfFinding(event) === finding.Id);
  if (sent) return { id: finding.Id, event: sent.event };
  throw new DemoFailedError(`Security Hub sent no event of ${finding.Id}`, faultOfRiposte);
}

function descriptionOf(jira: JiraDouble, { fields }: JiraDoubleIssue): string {
  return jira.textOf(fields.description);
}

function ticketOf({ key, status, fields }: JiraDoubleIssue): DemoTicket {
  return { key, status: status.name, summary: String(fields.summary) };
}

/** The metric that the router writes about each batch, in the embedded metric format. */
function readIn(line: string): number {
  return Number(/"FindingsIn":(\d+)/.exec(line)?.[1] ?? 0);
}

function isWrite(operation: string): boolean {
  return !/^(?:BatchGet|Get|Query)/.test(operation);
}

function otherFindings({ accountId, region }: Stage, count: number): readonly object[] {
  const at = new Date().toISOString();
  const partition = partitionOfRegion(region);
  const product = { partition, service: 'securityhub', region, accountId };
  return Array.from({ length: count }, (_, index) => ({
    SchemaVersion: '2018-10-08',
    Id: `scan-${index + 1}`,
    ProductArn: formatArn({ ...product, resource: `product/${accountId}/default` }),
    GeneratorId: 'scanner',
    AwsAccountId: accountId,
    Types: ['Software and Configuration Checks'],
    CreatedAt: at,
    UpdatedAt: at,
    Severity: { Label: index % 2 === 0 ? 'MEDIUM' : 'HIGH' },
    Title: `Setting ${index + 1} is not as recommended`,
    Description: 'A scanner found it.',
    Resources: [
      { Type: 'Other', Id: `setting-${index + 1}`, Partition: partition, Region: region },
    ],
  }));
}
