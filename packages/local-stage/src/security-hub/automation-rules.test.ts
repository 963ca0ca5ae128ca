import {
  type AutomationRulesFindingFieldsUpdate,
  type AutomationRulesFindingFilters,
  BatchDeleteAutomationRulesCommand,
  BatchGetAutomationRulesCommand,
  BatchImportFindingsCommand,
  BatchUpdateAutomationRulesCommand,
  BatchUpdateFindingsCommand,
  CreateAutomationRuleCommand,
  type CreateAutomationRuleCommandInput,
  ListAutomationRulesCommand,
} from '@aws-sdk/client-securityhub';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf, findingOf, type HubFixture, home, startFixture } from './hub-fixture.ts';

let fixture: HubFixture;
beforeEach(async () => {
  fixture = await startFixture({ administratorAccountId: '777788889999' });
});
afterEach(() => fixture.stop());

const high: AutomationRulesFindingFilters = {
  SeverityLabel: [{ Value: 'HIGH', Comparison: 'EQUALS' }],
};

const ruleOf = (
  RuleOrder: number,
  FindingFieldsUpdate: AutomationRulesFindingFieldsUpdate,
  change: Partial<CreateAutomationRuleCommandInput> = {},
): CreateAutomationRuleCommandInput => ({
  RuleOrder,
  RuleName: `rule ${RuleOrder}`,
  Description: 'A rule',
  Criteria: high,
  Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate }],
  ...change,
});

const create = async (rule: CreateAutomationRuleCommandInput, where = home) => {
  const client = fixture.client(where);
  return (await client.send(new CreateAutomationRuleCommand(rule))).RuleArn ?? '';
};

const importOne = async (change = {}, where = home) => {
  const Findings = [findingOf(change, where)];
  await fixture.client(where).send(new BatchImportFindingsCommand({ Findings }));
  const events = await fixture.events();
  const own = events.find(({ bus }) => bus === `${where.accountId}/${where.region}`);
  const { findings } = Object(own?.event.detail);
  return Object(findings)[0];
};

describe('automation rules', () => {
  it('take effect before the event', async () => {
    await create(
      ruleOf(1, {
        Note: { Text: 'known', UpdatedBy: 'rule' },
        Severity: { Label: 'LOW' },
        Workflow: { Status: 'SUPPRESSED' },
        UserDefinedFields: { team: 'payments' },
      }),
    );
    expect(await importOne()).toMatchObject({
      Note: { Text: 'known', UpdatedBy: 'rule', UpdatedAt: '2026-05-01T12:00:00.000Z' },
      Severity: { Label: 'LOW', Normalized: 1 },
      FindingProviderFields: { Severity: { Label: 'HIGH' } },
      Workflow: { Status: 'SUPPRESSED' },
      UserDefinedFields: { team: 'payments' },
    });
  });

  it('are asked about the finding as its provider gave it, not as another rule left it', async () => {
    await create(ruleOf(1, { Severity: { Label: 'LOW' } }));
    await create(ruleOf(2, { Criticality: 90 }));
    expect(await importOne()).toMatchObject({ Severity: { Label: 'LOW' }, Criticality: 90 });
  });

  it('apply in their order, so that the last has the last word', async () => {
    await create(ruleOf(20, { Confidence: 20 }));
    await create(ruleOf(10, { Confidence: 10 }));
    expect(await importOne()).toMatchObject({ Confidence: 20 });
  });

  it('apply in the order of their updates where they have the same order', async () => {
    const first = await create(ruleOf(5, { Confidence: 1 }));
    fixture.clock.now = new Date('2026-05-01T12:00:01.000Z');
    await create(ruleOf(5, { Confidence: 2 }));
    expect(await importOne()).toMatchObject({ Confidence: 2 });
    fixture.clock.now = new Date('2026-05-01T12:00:02.000Z');
    await fixture.client().send(
      new BatchUpdateAutomationRulesCommand({
        UpdateAutomationRulesRequestItems: [{ RuleArn: first, RuleOrder: 5 }],
      }),
    );
    expect(await importOne({ Id: 'next' })).toMatchObject({ Confidence: 1 });
  });

  it('end with a terminal one that matches', async () => {
    await create(ruleOf(1, { Confidence: 1 }, { IsTerminal: true, Criteria: { Title: [] } }));
    await create(ruleOf(2, { Confidence: 2 }));
    expect(await importOne()).toMatchObject({ Confidence: 1 });
  });

  it('do not end with a terminal one that does not match', async () => {
    const Criteria: AutomationRulesFindingFilters = {
      Title: [{ Value: 'Other', Comparison: 'EQUALS' }],
    };
    await create(ruleOf(1, { Confidence: 1 }, { IsTerminal: true, Criteria }));
    await create(ruleOf(2, { Confidence: 2 }));
    expect(await importOne()).toMatchObject({ Confidence: 2 });
  });

  it('do nothing while disabled', async () => {
    await create(ruleOf(1, { Confidence: 1 }, { RuleStatus: 'DISABLED' }));
    expect((await importOne()).Confidence).toBeUndefined();
  });

  it('act again when the finding is updated, over what an analyst has set since', async () => {
    await create(ruleOf(1, { Workflow: { Status: 'SUPPRESSED' } }));
    await importOne();
    const { Id = '', ProductArn = '' } = findingOf();
    await fixture.client().send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [{ Id, ProductArn }],
        Workflow: { Status: 'NEW' },
      }),
    );
    expect(await fixture.events()).toMatchObject([
      { event: { detail: { findings: [{ Workflow: { Status: 'NEW' } }] } } },
      { bus: '777788889999/eu-west-1' },
    ]);
    expect(await importOne({ UpdatedAt: '2026-05-01T00:00:00Z' })).toMatchObject({
      Workflow: { Status: 'SUPPRESSED' },
    });
  });

  it('act in their own Region only, the administrator’s on members too', async () => {
    await create(ruleOf(1, { Confidence: 7 }), { ...home, accountId: '777788889999' });
    await create(ruleOf(1, { Confidence: 8 }), { ...home, region: 'us-east-1' });
    expect(await importOne()).toMatchObject({ Confidence: 7 });
  });
});

describe('the API of automation rules', () => {
  it('lists rules in their order, without criteria, page by page', async () => {
    for (const order of [30, 10, 20]) await create(ruleOf(order, { Confidence: 1 }));
    const client = fixture.client();
    const first = await client.send(new ListAutomationRulesCommand({ MaxResults: 2 }));
    expect(first.AutomationRulesMetadata).toMatchObject([
      { RuleOrder: 10, RuleStatus: 'ENABLED', IsTerminal: false, CreatedBy: home.accountId },
      { RuleOrder: 20 },
    ]);
    expect(first.AutomationRulesMetadata?.[0]).not.toHaveProperty('Criteria');
    const second = await client.send(
      new ListAutomationRulesCommand({ ...(first.NextToken && { NextToken: first.NextToken }) }),
    );
    expect(second.AutomationRulesMetadata).toMatchObject([{ RuleOrder: 30 }]);
    expect(second.NextToken).toBeUndefined();
  });

  it('gets, updates and deletes in batches, and says which are not there', async () => {
    const client = fixture.client();
    const arn = await create(ruleOf(1, { Confidence: 1 }, { Tags: { owner: 'security' } }));
    const AutomationRulesArns = [arn, `${arn}0`];
    const UnprocessedAutomationRules = [
      { RuleArn: `${arn}0`, ErrorCode: 404, ErrorMessage: 'Automation rule not found' },
    ];
    await expect(
      client.send(new BatchGetAutomationRulesCommand({ AutomationRulesArns })),
    ).resolves.toMatchObject({
      Rules: [{ RuleArn: arn, Criteria: high, CreatedAt: new Date('2026-05-01T12:00:00.000Z') }],
      UnprocessedAutomationRules,
    });
    const change = { RuleName: 'renamed', RuleStatus: 'DISABLED' as const };
    await expect(
      client.send(
        new BatchUpdateAutomationRulesCommand({
          UpdateAutomationRulesRequestItems: AutomationRulesArns.map((RuleArn) => ({
            RuleArn,
            ...change,
          })),
        }),
      ),
    ).resolves.toMatchObject({ ProcessedAutomationRules: [arn], UnprocessedAutomationRules });
    const { Rules } = await client.send(
      new BatchGetAutomationRulesCommand({ AutomationRulesArns: [arn] }),
    );
    expect(Rules).toMatchObject([{ ...change, RuleOrder: 1, Description: 'A rule' }]);
    await expect(
      client.send(new BatchDeleteAutomationRulesCommand({ AutomationRulesArns })),
    ).resolves.toMatchObject({ ProcessedAutomationRules: [arn], UnprocessedAutomationRules });
    await expect(client.send(new ListAutomationRulesCommand({}))).resolves.toMatchObject({
      AutomationRulesMetadata: [],
    });
  });

  it.each<[string, Partial<CreateAutomationRuleCommandInput>, string]>([
    ['order 0', { RuleOrder: 0 }, "Invalid parameter 'RuleOrder'. data.RuleOrder should be >= 1."],
    [
      'order 1001',
      { RuleOrder: 1001 },
      "Invalid parameter 'RuleOrder'. data.RuleOrder should be <= 1000.",
    ],
    [
      'order 1.5',
      { RuleOrder: 1.5 },
      "Invalid parameter 'RuleOrder'. data.RuleOrder should be integer.",
    ],
    [
      'no name',
      { RuleName: undefined },
      "Invalid parameter 'Request'. data should have required property 'RuleName'.",
    ],
    [
      'no action',
      { Actions: [] },
      "Invalid parameter 'Actions'. data.Actions should NOT have fewer than 1 items.",
    ],
    [
      'two actions',
      { Actions: [1, 2].map(() => ({ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: {} })) },
      "Invalid parameter 'Actions'. data.Actions should NOT have more than 1 items.",
    ],
    [
      'comparisons that do not mix',
      {
        Criteria: {
          Id: [
            { Value: 'a', Comparison: 'EQUALS' },
            { Value: 'b', Comparison: 'NOT_EQUALS' },
          ],
        },
      },
      "Invalid parameter 'Criteria.Id'. Comparisons cannot be combined on one field.",
    ],
  ])('refuses a rule with %s', async (_what, change, message) => {
    const failure = await failureOf(create({ ...ruleOf(1, { Confidence: 1 }), ...change }));
    expect(failure).toEqual({ name: 'InvalidInputException', message, status: 400 });
  });

  it('refuses the rule after the hundredth', async () => {
    for (let order = 1; order <= 100; order += 1) await create(ruleOf(order, { Confidence: 1 }));
    expect(await failureOf(create(ruleOf(101, { Confidence: 1 })))).toMatchObject({
      name: 'LimitExceededException',
    });
  });

  it('refuses a batch of none', async () => {
    const empty = new BatchGetAutomationRulesCommand({ AutomationRulesArns: [] });
    expect(await failureOf(fixture.client().send(empty))).toMatchObject({
      name: 'InvalidInputException',
    });
  });
});
