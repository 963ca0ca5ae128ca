import {
  CreateOrganizationalUnitCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { RecordedCall } from '@riposte/local-stage';
import { eventually } from '../guard/eventually.ts';
import { account } from '../guard/guard-world.ts';
import { lookSettings } from '../guard/look-settings.ts';
import { importedFinding, largeMembers } from './findings.ts';
import { others } from './least-privilege-rules.ts';
import { routerQueues } from './router-queues.ts';
import type { RouterWorld } from './router-world.ts';
import { buttonOf, clickButton } from './slack-click.ts';

/** What each function does in all situations that it knows, made to happen on the stage. */
export async function driveRouter(world: RouterWorld): Promise<void> {
  await surroundings(world);
  await refreshFeeds(world);
  await unreadable(world);
  await told(world);
  await ticketed(world);
  await lookedInto(world);
  await actedOn(world);
  await large(world);
  await world.quiet();
}

/** What rules name besides the router: a queue, a topic, an organization with the account in a unit. */
async function surroundings({ stage }: RouterWorld): Promise<void> {
  const sqs = new SQSClient(lookSettings(stage));
  await sqs.send(new CreateQueueCommand({ QueueName: others.queue }));
  sqs.destroy();
  const sns = new SNSClient(lookSettings(stage));
  await sns.send(new CreateTopicCommand({ Name: others.topic.split(':').at(-1) }));
  sns.destroy();
  const organizations = new OrganizationsClient(lookSettings(stage));
  const { Roots = [] } = await organizations.send(new ListRootsCommand({}));
  const SourceParentId = Roots[0]?.Id;
  const { OrganizationalUnit } = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: SourceParentId, Name: 'workloads' }),
  );
  const DestinationParentId = OrganizationalUnit?.Id;
  await organizations.send(
    new MoveAccountCommand({ AccountId: account, SourceParentId, DestinationParentId }),
  );
  organizations.destroy();
}

/** One of the feeds is not there: the other is stored all the same. */
async function refreshFeeds({ runs }: RouterWorld): Promise<void> {
  await runs.invoke('refresh-feeds', {}).catch((error: unknown) => {
    if (!String(error).includes('not refreshed: epss')) throw error;
  });
}

/** What nobody can read goes to the dead letters; where that fails, it is tried again after a while. */
async function unreadable(world: RouterWorld): Promise<void> {
  const { stage } = world;
  const { own } = await routerQueues(stage);
  const client = new SQSClient(lookSettings(stage));
  for (const appId of readers) {
    stage.faults.add({
      ...{ appId, service: 'sqs', operation: 'SendMessage', effect: 'deny', count: 1 },
    });
  }
  for (const QueueUrl of own) {
    const ordered = { MessageGroupId: 'unreadable', MessageDeduplicationId: 'unreadable' };
    await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: '{}',
        ...(QueueUrl.endsWith('.fifo') && ordered),
      }),
    );
  }
  client.destroy();
  for (const name of readers) {
    await called(world, name, 'ChangeMessageVisibility');
    await called(world, name, 'SendMessage', 200);
  }
}

/** Functions that read queues. */
const readers = [
  'riposte-act',
  'riposte-group-alerts',
  'riposte-route',
  'riposte-store-evidence',
  'riposte-tell-groups',
  'riposte-update-findings',
  ...['jira', 'servicenow', 'slack', 'teams', 'pagerduty', 'webhook', 'sns'].map(
    (type) => `riposte-deliver-${type}`,
  ),
];

/** A finding that is told everywhere, again while it is open, is acknowledged, and told once more when it is over. */
async function told(world: RouterWorld): Promise<void> {
  const { stage, doubles, runs } = world;
  await stage.play.importFindings([importedFinding('told-1')]);
  await eventually('told by webhook', async () => doubles.webhook.deliveries().length || undefined);
  await world.quiet();
  await eventually('told again', async () => {
    await runs.invoke('tell-due', {});
    return callsOf(world, 'riposte-tell-due', 'SendMessageBatch').length >= 5 || undefined;
  });
  // Both channels are of one Slack app.
  const clicks = await eventually('messages of both channels', async () => {
    const values = doubles.slack.messages().flatMap((message) => buttonOf(message) ?? []);
    const distinct = new Set(values);
    return distinct.size > 1 ? distinct : undefined;
  });
  for (const value of clicks) await clickButton(world, value);
  const later = new Date(Date.now() + 1_000).toISOString();
  await stage.play.importFindings([
    importedFinding('told-1', { RecordState: 'ARCHIVED', UpdatedAt: later }),
  ]);
  await called(world, 'riposte-group-alerts', 'DeleteItem');
}

/** Tickets that people take after one of the systems was away for a moment. */
async function ticketed(world: RouterWorld): Promise<void> {
  const { stage, runs } = world;
  const { jira, servicenow } = world.doubles;
  await stage.play.importFindings([importedFinding('ticketed-1')]);
  await eventually('four tickets', async () => {
    return jira.issues().length + servicenow.incidents().length > 3 || undefined;
  });
  await world.quiet();
  jira.faults.add({ status: 503, count: 1 });
  await runs.invoke('follow-tickets', {});
  for (const { key } of jira.issues()) jira.move(key, 'In Progress');
  for (const { sysId } of servicenow.incidents()) servicenow.change(sysId, { state: '2' });
  await eventually('tickets that are taken', async () => {
    await runs.invoke('follow-tickets', {});
    return callsOf(world, 'riposte-follow-tickets', 'SendMessageBatch').length > 0 || undefined;
  });
}

/** A vulnerability, in both formats; S3 keeps its evidence and the answer is lost. A second one follows. */
async function lookedInto(world: RouterWorld): Promise<void> {
  const { stage } = world;
  const appId = 'riposte-store-evidence';
  stage.faults.add({
    ...{ appId, operation: 'PutObject', effect: 'error', when: 'after', count: 1 },
  });
  for (const id of ['looked into-1', 'looked into-2']) {
    const Vulnerabilities = [{ Id: 'CVE-2021-44228' }];
    await stage.play.importFindings([importedFinding(id, { Vulnerabilities })]);
    await world.quiet();
  }
  await called(world, 'riposte-update-findings', 'BatchUpdateFindings');
  await called(world, 'riposte-update-findings', 'BatchUpdateFindingsV2');
  await eventually('evidence and manifest read', async () => {
    return callsOf(world, appId, 'GetObject').length > 1 || undefined;
  });
}

async function actedOn(world: RouterWorld): Promise<void> {
  const ids = ['acted on-1', 'tagged-1', 'automated-1', 'stopped-1'];
  await world.stage.play.importFindings(ids.map((id) => importedFinding(id)));
  await called(world, 'riposte-act', 'TagResources');
  // The last of the actions on the first finding, after the request of a remediation.
  await eventually('events on both buses', async () => {
    return callsOf(world, 'riposte-act', 'PutEvents').length > 1 || undefined;
  });
  await eventually('both documents', async () => {
    const started = callsOf(world, 'riposte-act', 'StartAutomationExecution');
    return new Set(started.map(({ parameters }) => parameters.DocumentName)).size > 1 || undefined;
  });
  await called(world, 'riposte-act', 'GetAutomationExecution');
}

/** A document that two messages do not carry: their functions read it where it lies. */
async function large(world: RouterWorld): Promise<void> {
  await world.stage.play.importFindings([importedFinding('large-1', largeMembers())]);
  await called(world, 'riposte-act', 'BatchGetItem');
  await called(world, 'riposte-store-evidence', 'BatchGetItem');
}

function callsOf({ stage }: RouterWorld, appId: string, operation: string) {
  return stage.calls().filter((call) => call.appId === appId && call.operation === operation);
}

/** Waits for a call of a function that nobody invokes directly. */
async function called(
  world: RouterWorld,
  appId: string,
  operation: string,
  status?: number,
): Promise<void> {
  const isIt = (call: RecordedCall) => status === undefined || call.status === status;
  await eventually(
    `${operation} by ${appId}`,
    async () => callsOf(world, appId, operation).some(isIt) || undefined,
  );
}
