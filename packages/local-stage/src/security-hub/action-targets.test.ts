import {
  BatchImportFindingsCommand,
  CreateActionTargetCommand,
  DeleteActionTargetCommand,
  DescribeActionTargetsCommand,
  paginateDescribeActionTargets,
  UpdateActionTargetCommand,
} from '@aws-sdk/client-securityhub';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf, findingOf, type HubFixture, startFixture } from './hub-fixture.ts';

const arn = 'arn:aws:securityhub:eu-west-1:111122223333:action/custom/RestartTrail';
const action = { Name: 'Restart CloudTrail', Description: 'Starts it again', Id: 'RestartTrail' };

let fixture: HubFixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.stop());

const create = (change: Partial<typeof action> = {}) =>
  fixture.client().send(new CreateActionTargetCommand({ ...action, ...change }));

describe('a custom action', () => {
  it('is created, described, updated and deleted', async () => {
    const client = fixture.client();
    await expect(create()).resolves.toMatchObject({ ActionTargetArn: arn });
    await client.send(new UpdateActionTargetCommand({ ActionTargetArn: arn, Name: 'Restart' }));
    const { Name: _old, Id: _id, ...rest } = action;
    const asked = new DescribeActionTargetsCommand({ ActionTargetArns: [arn] });
    await expect(client.send(asked)).resolves.toMatchObject({
      ActionTargets: [{ ...rest, ActionTargetArn: arn, Name: 'Restart' }],
    });
    const Description = 'Better';
    await client.send(new UpdateActionTargetCommand({ ActionTargetArn: arn, Description }));
    await expect(client.send(asked)).resolves.toMatchObject({ ActionTargets: [{ Description }] });
    await expect(
      client.send(new DeleteActionTargetCommand({ ActionTargetArn: arn })),
    ).resolves.toMatchObject({ ActionTargetArn: arn });
    const all = await client.send(new DescribeActionTargetsCommand({}));
    expect(all.ActionTargets).toEqual([]);
    expect(await failureOf(client.send(asked))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it.each([
    [
      'a name of 20 characters',
      { Name: 'x'.repeat(20) },
      'data should NOT be longer than 19 characters.',
    ],
    [
      'a description of 501',
      { Description: 'x'.repeat(501) },
      'data should NOT be longer than 500 characters.',
    ],
    ['an id with a hyphen', { Id: 'restart-trail' }, 'data should match pattern "^[a-zA-Z0-9]+$".'],
    [
      'an id of 21 characters',
      { Id: 'x'.repeat(21) },
      'data should NOT be longer than 20 characters.',
    ],
  ])('is refused with %s', async (_what, change, problem) => {
    const [parameter] = Object.keys(change);
    expect(await failureOf(create(change))).toEqual({
      name: 'InvalidInputException',
      message: `Invalid parameter '${parameter}'. ${problem}`,
      status: 400,
    });
  });

  it('is there once, and fifty an account-Region', async () => {
    await create();
    expect(await failureOf(create())).toMatchObject({ name: 'ResourceConflictException' });
    for (let index = 1; index < 50; index += 1) await create({ Id: `a${index}` });
    expect(await failureOf(create({ Id: 'last' }))).toMatchObject({
      name: 'LimitExceededException',
      status: 429,
    });
    const pages: number[] = [];
    const client = fixture.client();
    for await (const { ActionTargets } of paginateDescribeActionTargets(
      { client, pageSize: 20 },
      {},
    ))
      pages.push(ActionTargets?.length ?? 0);
    expect(pages).toEqual([20, 20, 10]);
  });

  it('cannot be updated or deleted before it exists', async () => {
    const client = fixture.client();
    const ActionTargetArn = arn;
    const updated = client.send(new UpdateActionTargetCommand({ ActionTargetArn, Name: 'x' }));
    expect(await failureOf(updated)).toMatchObject({ name: 'ResourceNotFoundException' });
    const deleted = client.send(new DeleteActionTargetCommand({ ActionTargetArn }));
    expect(await failureOf(deleted)).toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('a click', () => {
  const { Id = '', ProductArn = '' } = findingOf();
  beforeEach(async () => {
    const Findings = Array.from({ length: 21 }, (_, index) =>
      findingOf({ Id: index === 0 ? Id : `f${index}` }),
    );
    await create();
    await fixture.client().send(new BatchImportFindingsCommand({ Findings }));
    await fixture.events();
  });

  it('sends one event for each selected finding, and says no principal', async () => {
    await fixture.hub.clickCustomAction(arn, [{ Id, ProductArn }, 'f1']);
    const events = await fixture.events();
    expect(events.map(({ event }) => event.resources)).toEqual([[arn], [arn]]);
    expect(events[0]).toMatchObject({
      bus: '111122223333/eu-west-1',
      event: {
        'detail-type': 'Security Hub Findings - Custom Action',
        account: '111122223333',
        region: 'eu-west-1',
        detail: {
          actionName: 'Restart CloudTrail',
          actionDescription: 'Starts it again',
          findings: [{ Id, ProductArn }],
        },
      },
    });
    expect(Object.keys(events[0]?.event.detail ?? {})).toEqual([
      'actionName',
      'actionDescription',
      'findings',
    ]);
  });

  it.each([
    ['no finding', []],
    ['21 findings', Array.from({ length: 21 }, () => 'f1')],
  ])('on %s is refused', async (_what, findings) => {
    await expect(fixture.hub.clickCustomAction(arn, findings)).rejects.toThrow(
      'Select 1 to 20 findings.',
    );
  });

  it('on a finding or with an action that is not there is refused, and nothing is sent', async () => {
    await expect(fixture.hub.clickCustomAction(arn, [Id, 'gone'])).rejects.toThrow(
      'Finding gone not found',
    );
    await expect(
      fixture.hub.clickCustomAction(arn, [{ Id, ProductArn: 'another' }]),
    ).rejects.toThrow('not found');
    await expect(fixture.hub.clickCustomAction(`${arn}2`, [Id])).rejects.toThrow('not found');
    expect(await fixture.events()).toEqual([]);
  });
});
