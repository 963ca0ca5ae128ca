import {
  CreateQueueCommand,
  ListQueueTagsCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ResponseRecord } from '@riposte/findings';
import { dynamoRecords } from '@riposte/responses/aws/dynamo-records';
import { eventually } from '../guard/eventually.ts';
import { evidenceDocument, evidenceVersions } from '../guard/evidence.ts';
import { account } from '../guard/guard-world.ts';
import { lookSettings } from '../guard/look-settings.ts';
import { riposte } from '../guard/riposte-command.ts';
import { evidenceOf } from './evidence-of.ts';
import { importedFinding, largeMembers } from './findings.ts';
import { routerQueues } from './router-queues.ts';
import { openRouterWorld, type RouterWorld } from './router-world.ts';

jest.setTimeout(120_000);

const url = `https://sqs.us-east-1.amazonaws.com/${account}/named-by-a-rule`;
const rules = `pack: changes
rules:
  - name: tagged
    order: 10
    when: { asff: { Title: [{ Comparison: PREFIX, Value: 'Finding tagged' }] } }
    then: [{ tag: { tags: { reviewed: 'no', owner: payments } } }]
  - name: isolated
    order: 20
    when: { asff: { Title: [{ Comparison: PREFIX, Value: 'Finding isolated' }] } }
    then: [{ automation: { document: Isolate, parameters: { Resource: '{{ finding.resource }}' } } }]
  - name: large
    order: 30
    when: { asff: { Title: [{ Comparison: PREFIX, Value: 'Finding large' }] } }
    then: [{ evidence: {} }, { queue: { url: '${url}' } }, { event: { bus: default } }]
`;

let world: RouterWorld;
let sqs: SQSClient;
beforeAll(async () => {
  const params = { automationDocuments: 'Isolate' };
  world = await openRouterWorld({ rules: { 'changes.rules.yaml': rules }, params });
  sqs = new SQSClient(lookSettings(world.stage));
  await sqs.send(new CreateQueueCommand({ QueueName: 'named-by-a-rule', tags: { owner: 'red' } }));
}, 600_000);
afterAll(async () => {
  sqs?.destroy();
  await world?.stop();
});

const resource = `arn:aws:sqs:us-east-1:${account}:named-by-a-rule`;
const about = (id: string) =>
  importedFinding(id, { Resources: [{ Type: 'AwsSqsQueue', Id: resource }] });

async function recordsOf(kind: string): Promise<readonly ResponseRecord[]> {
  const { dynamo: client, names } = world;
  const table = { client, tableName: names.StateTableName, clock: () => new Date() };
  const held = await dynamoRecords(table).onResource(resource, '2000');
  return held.filter((record) => record.kind === kind);
}

function concluded(kind: string): Promise<ResponseRecord> {
  return eventually(`an end of ${kind}`, async () =>
    (await recordsOf(kind)).find(({ status }) => status !== 'claimed'),
  );
}

async function tagsNow() {
  const QueueUrl = `${world.stage.endpoint}/${account}/named-by-a-rule`;
  return (await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags;
}

/** Puts the commands that were sent to a function once more into its queue, as other messages. */
async function sendAgain(): Promise<void> {
  const actions = (await routerQueues(world.stage)).own.find((one) => one.includes('-actions'));
  const sent = world.stage
    .calls()
    .filter(({ appId, operation }) => appId === 'riposte-route' && operation === 'SendMessageBatch')
    .flatMap(({ parameters }) => (Array.isArray(parameters.Entries) ? parameters.Entries : []))
    .filter(({ MessageBody }) => JSON.parse(MessageBody).kind === 'action');
  for (const [at, { MessageBody, MessageGroupId }] of sent.entries()) {
    const MessageDeduplicationId = `again-${at}`;
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: actions,
        MessageBody,
        MessageGroupId,
        MessageDeduplicationId,
      }),
    );
  }
}

function callsOf(operation: string) {
  return world.stage
    .calls()
    .filter((call) => call.appId === 'riposte-act' && call.operation === operation);
}

describe('tags that a rule sets', () => {
  it('leave a record with the tags before, proven, as evidence too', async () => {
    await world.stage.play.importFindings([about('tagged-1')]);
    const record = await concluded('resource-tagged');
    expect(record).toMatchObject({
      service: 'finding-router',
      status: 'verified',
      before: { owner: 'red' },
      after: { owner: 'payments', reviewed: 'no' },
      trigger: { path: 'rule', eventName: 'changes/tagged' },
      finding: { id: 'tagged-1', format: 'asff' },
      undo: { possible: true },
    });
    expect(await tagsNow()).toEqual({ owner: 'payments', reviewed: 'no' });
    const Bucket = world.names.EvidenceBucketName;
    const key = await eventually('the record as evidence', async () => {
      const versions = await evidenceVersions(world.stage, Bucket, 'responses/finding-router/');
      return versions.find((one) => one.key.includes(record.id))?.key;
    });
    expect(await evidenceDocument(world.stage, Bucket, key)).toEqual(record);
  });

  it('are neither set nor recorded again when the command comes twice', async () => {
    await world.quiet();
    const before = await recordsOf('resource-tagged');
    const calls = callsOf('GetItem').length;
    await sendAgain();
    await eventually(
      'a look at the record',
      async () => callsOf('GetItem').length > calls || undefined,
    );
    await world.quiet();
    expect(await recordsOf('resource-tagged')).toEqual(before);
    expect(callsOf('TagResources')).toHaveLength(1);
  });

  it('are taken back by a person, once', async () => {
    const { id } = await concluded('resource-tagged');
    const sure = await riposte(world.stage, 'responses', 'undo', id, '--yes');
    expect(sure).toMatchObject({
      status: 0,
      out: expect.stringContaining('GetResources: as before the response'),
      notes: expect.stringContaining('Rule changes/tagged sets them again'),
    });
    expect(await tagsNow()).toEqual({ owner: 'red' });
    expect(await recordsOf('resource-tagged')).toMatchObject([{ id, status: 'undone' }]);
    const again = await riposte(world.stage, 'responses', 'undo', id, '--yes');
    expect(again).toMatchObject({ status: 3, notes: expect.stringContaining('undone already') });
  });
});

describe('a document that a rule starts', () => {
  it('leaves a record that says started, and is not taken back from here', async () => {
    await world.stage.play.importFindings([about('isolated-1')]);
    const record = await concluded('automation-started');
    expect(record).toMatchObject({
      status: 'verified',
      plan: [{ after: { Resource: [resource] }, reversible: false }],
      after: { executionId: expect.stringMatching(/^[0-9a-f-]{36}$/), status: 'InProgress' },
      verification: { evidence: expect.stringMatching(/^started: GetAutomationExecution /) },
      undo: { possible: false },
    });
    const undo = await riposte(world.stage, 'responses', 'undo', record.id, '--yes');
    expect(undo).toMatchObject({
      status: 3,
      notes: expect.stringContaining('aws ssm get-automation-execution'),
    });
    expect(await world.deadLetters()).toEqual([]);
  });
});

describe('a finding as large as Security Hub takes one', () => {
  it('is kept and handed on whole, though three messages carry it', async () => {
    const members = largeMembers();
    const Resources = Array.from({ length: 32 }, (_, at) => ({
      Type: 'Other',
      Id: `resource-${at}`,
      Details: { Other: otherDetails(at) },
    }));
    const large = importedFinding('large-1', { ...members, Resources });
    expect(JSON.stringify(large).length).toBeGreaterThan(200_000);
    expect(await world.stage.play.importFindings([large])).toMatchObject({ FailedCount: 0 });
    const kept = await eventually('the finding as evidence', () => evidenceOf(world, 'large-1'));
    expect(Object(kept.document).received).toMatchObject({ ...members, Resources });
    const QueueUrl = `${world.stage.endpoint}/${account}/named-by-a-rule`;
    const handed = await eventually('the finding in the queue', async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      return Messages[0]?.Body;
    });
    expect(JSON.parse(handed).document).toMatchObject({ ...members, Resources });
    await world.quiet();
    expect(await world.deadLetters()).toEqual([]);
    const bodies = world.stage
      .calls()
      .filter(({ appId, operation }) => appId === 'riposte-route' && operation.startsWith('Send'))
      .map(({ parameters }) => JSON.stringify(parameters));
    expect(bodies.filter((body) => body.includes('documentAt'))).toHaveLength(2);
    for (const body of bodies) expect(body.length).toBeLessThan(20_000);
  });
});

/** Details of a resource that AWS has no type for: short texts by name. */
function otherDetails(seed: number): Readonly<Record<string, string>> {
  const texts = Object.values(largeMembers(seed).ProductFields).slice(0, 4);
  return Object.fromEntries(texts.map((text, at) => [`detail-${at}`, text.slice(0, 1_000)]));
}
