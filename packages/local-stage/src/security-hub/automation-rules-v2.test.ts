import {
  BatchImportFindingsCommand,
  CreateAutomationRuleV2Command,
  type CreateAutomationRuleV2CommandInput,
  CreateFindingAggregatorCommand,
  DeleteAutomationRuleV2Command,
  GetAutomationRuleV2Command,
  GetFindingsV2Command,
  ListAutomationRulesV2Command,
  UpdateAutomationRuleV2Command,
} from '@aws-sdk/client-securityhub';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf, findingOf, type HubFixture, home, startFixture } from './hub-fixture.ts';

type FieldsUpdate = NonNullable<
  NonNullable<CreateAutomationRuleV2CommandInput['Actions']>[number]['FindingFieldsUpdate']
>;

let fixture: HubFixture;
beforeEach(async () => {
  fixture = await startFixture({ v2: true });
});
afterEach(() => fixture.stop());

const high = {
  OcsfFindingCriteria: {
    CompositeFilters: [
      {
        StringFilters: [
          {
            FieldName: 'vendor_attributes.severity' as const,
            Filter: { Value: 'High', Comparison: 'EQUALS' as const },
          },
        ],
      },
    ],
  },
};

const ruleOf = (
  RuleOrder: number,
  FindingFieldsUpdate: FieldsUpdate,
  change: Partial<CreateAutomationRuleV2CommandInput> = {},
): CreateAutomationRuleV2CommandInput => ({
  RuleOrder,
  RuleName: `rule ${RuleOrder}`,
  Description: 'A rule',
  Criteria: high,
  Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate }],
  ...change,
});

const create = (rule: CreateAutomationRuleV2CommandInput) =>
  fixture.client().send(new CreateAutomationRuleV2Command(rule));

const importOne = async (change = {}, where = home) => {
  const Findings = [findingOf(change, where)];
  await fixture.client(where).send(new BatchImportFindingsCommand({ Findings }));
  const events = await fixture.events();
  const [v2] = events.filter(({ event }) => event['detail-type'] === 'Findings Imported V2');
  return Object(v2?.event.detail.findings)[0];
};

describe('automation rules V2', () => {
  it('take effect before the event, and leave the provider’s severity', async () => {
    await create(ruleOf(1, { SeverityId: 2, StatusId: 3, Comment: 'known' }));
    expect(await importOne()).toMatchObject({
      ...{ severity_id: 2, severity: 'Low', status_id: 3, status: 'Suppressed', comment: 'known' },
      vendor_attributes: { severity: 'High', severity_id: 4 },
    });
  });

  it('all apply, and the highest order has the last word', async () => {
    await create(ruleOf(2.5, { StatusId: 2 }));
    await create(ruleOf(1, { StatusId: 4, Comment: 'first' }));
    expect(await importOne()).toMatchObject({ status: 'In Progress', comment: 'first' });
  });

  it('do nothing while disabled or where they do not match', async () => {
    await create(ruleOf(1, { StatusId: 4 }, { RuleStatus: 'DISABLED' }));
    await create(ruleOf(2, { StatusId: 3 }));
    expect(await importOne({ Severity: { Label: 'LOW' } })).toMatchObject({ status: 'New' });
    expect(await importOne({ Id: 'high' })).toMatchObject({ status: 'Suppressed' });
  });

  it('of the home Region act on linked Regions', async () => {
    await create(ruleOf(1, { StatusId: 3 }));
    const linked = { ...home, region: 'us-east-1' };
    expect(await importOne({}, linked)).toMatchObject({ status: 'New' });
    const link = new CreateFindingAggregatorCommand({ RegionLinkingMode: 'ALL_REGIONS' });
    await fixture.client().send(link);
    expect(await importOne({ Id: 'next' }, linked)).toMatchObject({ status: 'Suppressed' });
    const { Findings } = await fixture.client().send(new GetFindingsV2Command({}));
    expect(Findings).toHaveLength(2);
  });

  it('may hand a finding to an integration, which changes nothing', async () => {
    const Actions = [
      {
        Type: 'EXTERNAL_INTEGRATION' as const,
        ExternalIntegrationConfiguration: { ConnectorArn: 'arn:aws:securityhub:x' },
      },
    ];
    await create(ruleOf(1, {}, { Actions }));
    expect(await importOne()).toMatchObject({ status: 'New' });
  });
});

describe('the API of automation rules V2', () => {
  it('creates, gets by id or ARN, updates, lists and deletes', async () => {
    const client = fixture.client();
    const { RuleArn = '', RuleId = '' } = await create(
      ruleOf(3, { StatusId: 3 }, { Tags: { owner: 'security' } }),
    );
    expect(RuleArn).toBe(`arn:aws:securityhub:eu-west-1:111122223333:automation-rulev2/${RuleId}`);
    for (const Identifier of [RuleArn, RuleId])
      await expect(
        client.send(new GetAutomationRuleV2Command({ Identifier })),
      ).resolves.toMatchObject({
        ...{ RuleArn, RuleId, RuleOrder: 3, RuleStatus: 'ENABLED', Criteria: high },
        CreatedAt: new Date('2026-05-01T12:00:00.000Z'),
      });
    fixture.clock.now = new Date('2026-05-01T13:00:00.000Z');
    await client.send(
      new UpdateAutomationRuleV2Command({ Identifier: RuleArn, RuleOrder: 9, RuleName: 'new' }),
    );
    await create(ruleOf(5, { StatusId: 3 }));
    const first = await client.send(new ListAutomationRulesV2Command({ MaxResults: 1 }));
    expect(first.Rules).toMatchObject([{ RuleOrder: 5 }]);
    const NextToken = first.NextToken ?? '';
    const second = await client.send(new ListAutomationRulesV2Command({ NextToken }));
    expect(second.Rules).toMatchObject([
      {
        ...{ RuleArn, RuleName: 'new', RuleOrder: 9, Description: 'A rule' },
        Actions: [{ Type: 'FINDING_FIELDS_UPDATE' }],
        UpdatedAt: new Date('2026-05-01T13:00:00.000Z'),
      },
    ]);
    expect(second.Rules?.[0]).not.toHaveProperty('Criteria');
    await client.send(new DeleteAutomationRuleV2Command({ Identifier: RuleId }));
    const gone = client.send(new GetAutomationRuleV2Command({ Identifier: RuleId }));
    expect(await failureOf(gone)).toMatchObject({ name: 'ResourceNotFoundException' });
    const strange = client.send(new ListAutomationRulesV2Command({ NextToken: 'x' }));
    expect(await failureOf(strange)).toMatchObject({ name: 'ValidationException' });
  });

  it.each<[string, Partial<CreateAutomationRuleV2CommandInput>, string]>([
    ['order 0.5', { RuleOrder: 0.5 }, 'data.RuleOrder should be >= 1'],
    ['a blank name', { RuleName: ' ' }, 'data.RuleName should match pattern "\\S"'],
    ['no criteria', { Criteria: undefined }, "data should have required property 'Criteria'"],
    [
      'criteria that are invalid',
      {
        Criteria: {
          OcsfFindingCriteria: { CompositeFilters: Array.from({ length: 11 }, () => ({})) },
        },
      },
      'At most 10 composite filters are allowed',
    ],
    [
      'an unknown status',
      { Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { StatusId: 7 } }] },
      'StatusId 7 is not a valid value',
    ],
    [
      'an update of nothing',
      { Actions: [{ Type: 'FINDING_FIELDS_UPDATE' }] },
      'FindingFieldsUpdate must change at least one field',
    ],
  ])('refuses a rule with %s', async (_what, change, message) => {
    const failure = await failureOf(create({ ...ruleOf(1, { StatusId: 3 }), ...change }));
    expect(failure).toEqual({ name: 'ValidationException', message, status: 400 });
  });

  it('refuses the rule after the hundredth', async () => {
    for (let order = 1; order <= 100; order += 1) await create(ruleOf(order, { StatusId: 3 }));
    expect(await failureOf(create(ruleOf(101, { StatusId: 3 })))).toMatchObject({
      name: 'ServiceQuotaExceededException',
      status: 402,
    });
  });
});
