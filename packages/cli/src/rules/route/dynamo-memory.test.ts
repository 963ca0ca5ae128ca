import { CloudFormationClient, ListExportsCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { alertMembers, markMembers, receive, silenceItem, silenceOf } from '@riposte/notifications';
import { alert, routeFor } from '@riposte/notifications/testing';
import { historyItemKey } from '@riposte/rules';
import { mockClient } from 'aws-sdk-client-mock';
import { NotDeployedError } from '../../errors.ts';
import { caller } from '../../testing/fakes.ts';
import { openMemory } from './open-memory.ts';

const sts = mockClient(STSClient);
const cloudFormation = mockClient(CloudFormationClient);
const dynamo = mockClient(DynamoDBClient);

beforeEach(() => {
  for (const mock of [sts, cloudFormation, dynamo]) mock.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: '123456789012', Arn: caller });
  cloudFormation
    .on(ListExportsCommand)
    .resolves({ Exports: [{ Name: 'riposte-prod-RouterTableName', Value: 'router' }] });
  dynamo.on(GetItemCommand).resolves({}).on(QueryCommand).resolves({});
});

const open = (stage = 'prod') => openMemory({ stage, region: 'eu-west-1' });

/** Answers one item, by its partition. */
function holds(pk: string, item: object): void {
  const Item = marshall({ pk, ...item }, { removeUndefinedValues: true });
  dynamo
    .on(GetItemCommand)
    .callsFake(({ Key }) => (Key.pk.S === pk ? { Item } : {}))
    .on(QueryCommand)
    .callsFake(({ ExpressionAttributeValues: values }) =>
      values[':pk'].S === pk ? { Items: [Item] } : {},
    );
}

const given = alert();
const route = routeFor(given);
const received = receive({}, given, route, new Date('2026-01-05T12:00:00Z'));

describe("the memory of a deployment's router", () => {
  it('is that of the stage that was named', async () => {
    expect((await open()).name).toBe('prod (123456789012, eu-west-1)');
    await expect(open('dev')).rejects.toThrow(NotDeployedError);
  });

  it('is empty where nothing was routed yet', async () => {
    const memory = await open();
    expect(await memory.silences()).toEqual([]);
    expect(await memory.alertsOf(route.key)).toEqual([]);
    expect(await memory.inhibitors(['a'])).toEqual([]);
    expect(await memory.groupOf(given.key)).toBeUndefined();
    expect(await memory.group(route.key)).toBeUndefined();
    expect(await memory.counter('chat')).toBeUndefined();
    expect(await memory.history('a', 'b')).toBeUndefined();
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input).toMatchObject({
      TableName: 'router',
      ConsistentRead: true,
    });
  });

  it('gives alerts back as the router wrote them, marks and acknowledgement with them', async () => {
    const stored = received.alert;
    if (!stored) throw new Error('not received');
    const marks = { told: undefined, expiresAt: '2027-01-01T00:00:00.000Z' };
    const acknowledgement = { by: 'ada', at: '2026-01-05T12:05:00.000Z', via: 'slack' };
    const { told: _, ...without } = marks;
    holds(`alerts#${route.key}`, {
      ...alertMembers(stored),
      ...markMembers(without),
      acknowledgement,
    });
    expect(await (await open()).alertsOf(route.key)).toEqual([
      { ...stored, expiresAt: without.expiresAt, acknowledgement },
    ]);
  });

  it('reads groups, the places of alerts, limits, inhibitors and silences', async () => {
    const memory = await open();
    holds(`group#${route.key}`, { sk: 'group', group: received.group });
    expect(await memory.group(route.key)).toEqual(received.group);
    holds(`alert#${given.key}`, { groupKey: route.key });
    expect(await memory.groupOf(given.key)).toBe(route.key);
    const counter = { channel: 'chat', version: 1, sentAt: [], digests: 0 };
    holds('counter#chat', { counter });
    expect(await memory.counter('chat')).toEqual(counter);
    const inhibitor = { key: 'k', finding: 'f', inhibition: 'i', title: 't', expiresAt: 'x' };
    holds('inhibitor#k', { inhibitor });
    expect(await memory.inhibitors(['k', 'other'])).toEqual([inhibitor]);
    const silence = silenceOf({
      matchers: [{ label: 'severity', op: '=', value: 'LOW' }],
      startsAt: '2026-11-24T14:00:00Z',
      endsAt: '2026-11-24T15:00:00Z',
      author: caller,
      reason: 'change 4711',
    });
    const { pk, ...item } = silenceItem(silence, 1);
    holds(pk, item);
    expect(await memory.silences()).toEqual([silence]);
  });

  it('reads how often a control failed on a resource', async () => {
    const entry = {
      ...{ resource: 'a', control: 'b', version: 1, count: 2, open: {} },
      ...{ firstAt: '2026-01-02T00:00:00Z', lastAt: '2026-05-02T00:00:00Z' },
    };
    holds(historyItemKey('a', 'b').pk, entry);
    expect(await (await open()).history('a', 'b')).toEqual(entry);
  });

  it('names the member of an item that it cannot read', async () => {
    holds(`group#${route.key}`, { group: 7 });
    await expect((await open()).group(route.key)).rejects.toMatchObject({
      name: 'UnreadableItemError',
      member: 'group',
    });
  });
});
