import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  CreateFindingAggregatorCommand,
  DeleteFindingAggregatorCommand,
  GetFindingAggregatorCommand,
  GetFindingsCommand,
  ListFindingAggregatorsCommand,
  UpdateFindingAggregatorCommand,
} from '@aws-sdk/client-securityhub';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf, findingOf, type HubFixture, home, startFixture } from './hub-fixture.ts';

const administrator = '777788889999';
const linked = { ...home, region: 'us-east-1' };

let fixture: HubFixture;
beforeEach(async () => {
  fixture = await startFixture({ administratorAccountId: administrator });
});
afterEach(() => fixture.stop());

const aggregate = (RegionLinkingMode: string, Regions?: string[], accountId = home.accountId) =>
  fixture
    .client({ accountId })
    .send(new CreateFindingAggregatorCommand({ RegionLinkingMode, ...(Regions && { Regions }) }));

const importIn = async (where = linked) => {
  const Findings = [findingOf({}, where)];
  await fixture.client(where).send(new BatchImportFindingsCommand({ Findings }));
  return (await fixture.events()).map(({ bus }) => bus);
};

describe('a finding aggregator', () => {
  it('is created, found, changed and deleted', async () => {
    const client = fixture.client();
    const { FindingAggregatorArn = '' } = await aggregate('ALL_REGIONS');
    expect(FindingAggregatorArn).toMatch(
      /^arn:aws:securityhub:eu-west-1:111122223333:finding-aggregator\//,
    );
    await expect(client.send(new ListFindingAggregatorsCommand({}))).resolves.toMatchObject({
      FindingAggregators: [{ FindingAggregatorArn }],
    });
    await client.send(
      new UpdateFindingAggregatorCommand({
        FindingAggregatorArn,
        RegionLinkingMode: 'SPECIFIED_REGIONS',
        Regions: ['us-east-1'],
      }),
    );
    const get = new GetFindingAggregatorCommand({ FindingAggregatorArn });
    await expect(client.send(get)).resolves.toMatchObject({
      FindingAggregationRegion: 'eu-west-1',
      RegionLinkingMode: 'SPECIFIED_REGIONS',
      Regions: ['us-east-1'],
    });
    await client.send(new DeleteFindingAggregatorCommand({ FindingAggregatorArn }));
    expect(await failureOf(client.send(get))).toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(client.send(new ListFindingAggregatorsCommand({}))).resolves.toMatchObject({
      FindingAggregators: [],
    });
  });

  it.each([
    ['an unknown mode', 'SOME', undefined, 'RegionLinkingMode'],
    ['no Regions where they are needed', 'SPECIFIED_REGIONS', undefined, 'Regions'],
    ['Regions where there are none', 'ALL_REGIONS', ['us-east-1'], 'Regions'],
  ])('is refused with %s', async (_what, mode, regions, parameter) => {
    const failure = await failureOf(aggregate(mode, regions));
    expect(failure.message).toContain(`Invalid parameter '${parameter}'.`);
  });

  it('is there once an account', async () => {
    await aggregate('NO_REGIONS');
    expect(await failureOf(aggregate('NO_REGIONS'))).toMatchObject({
      name: 'LimitExceededException',
    });
  });
});

describe('who hears of a finding', () => {
  it('is its own account and the administrator, each in its Region', async () => {
    expect(await importIn()).toEqual(['111122223333/us-east-1', '777788889999/us-east-1']);
  });

  it.each<[string, string[] | undefined, boolean]>([
    ['ALL_REGIONS', undefined, true],
    ['ALL_REGIONS_EXCEPT_SPECIFIED', ['us-east-1'], false],
    ['ALL_REGIONS_EXCEPT_SPECIFIED', ['us-west-2'], true],
    ['SPECIFIED_REGIONS', ['us-east-1'], true],
    ['SPECIFIED_REGIONS', ['us-west-2'], false],
    ['NO_REGIONS', undefined, false],
  ])('is the home Region too with %s %s: %s', async (mode, regions, heard) => {
    await aggregate(mode, regions);
    expect((await importIn()).includes('111122223333/eu-west-1')).toBe(heard);
    const { Findings } = await fixture.client().send(new GetFindingsCommand({}));
    expect(Findings).toHaveLength(heard ? 1 : 0);
  });

  it('is the administrator’s home Region, who may update it from there', async () => {
    await aggregate('ALL_REGIONS', undefined, administrator);
    expect(await importIn()).toEqual([
      '111122223333/us-east-1',
      '777788889999/us-east-1',
      '777788889999/eu-west-1',
    ]);
    const { Id = '', ProductArn = '' } = findingOf({}, linked);
    await fixture.client({ accountId: administrator }).send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [{ Id, ProductArn }],
        Workflow: { Status: 'NOTIFIED' },
      }),
    );
    const { Findings } = await fixture.client(linked).send(new GetFindingsCommand({}));
    expect(Findings?.[0]?.Workflow?.Status).toBe('NOTIFIED');
    const events = await fixture.events();
    expect(events.map(({ event }) => event.account)).toEqual([
      home.accountId,
      administrator,
      administrator,
    ]);
  });
});
