import {
  BatchGetAutomationRulesCommand,
  CreateAutomationRuleCommand,
  CreateAutomationRuleV2Command,
  GetAutomationRuleV2Command,
  ListAutomationRulesCommand,
  ListAutomationRulesV2Command,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type SecurityHub, type SecurityHubOptions, startSecurityHub } from '@riposte/local-stage';
import { importV1Rules, importV2Rules } from '@riposte/rules';
import { asffFinding } from '@riposte/testing';
import { mockClient } from 'aws-sdk-client-mock';
import type { Reading } from '../findings/finding-source.ts';
import { hubPorts } from '../open-security-hub.ts';
import { progressText } from '../progress-text.ts';
import { gapOf } from './hub-gap.ts';
import { hubRulesV1, hubRulesV2 } from './hub-rules.ts';

const scope = { accountId: '123456789012', region: 'eu-west-1' };
let hub: SecurityHub | undefined;
let client: SecurityHubClient | undefined;

async function start(options: Partial<SecurityHubOptions> = {}) {
  const started = await startSecurityHub({ publish: async () => undefined, ...options });
  hub = started;
  const made = new SecurityHubClient({
    endpoint: started.endpoint,
    region: scope.region,
    credentials: { accessKeyId: scope.accountId, secretAccessKey: 'local' },
    maxAttempts: 8,
  });
  client = made;
  return hubPorts(made);
}

afterEach(async () => {
  client?.destroy();
  await hub?.stop();
});

describe('automation rules of Security Hub', () => {
  it('are read whole', async () => {
    const ports = await start();
    for (let at = 0; at < 100; at += 1)
      await client?.send(
        new CreateAutomationRuleCommand({
          RuleName: `rule ${at}`,
          Description: 'd',
          RuleOrder: at + 1,
          Criteria: { Title: [{ Value: 'a', Comparison: 'EQUALS' }] },
          Actions: [
            { Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { Severity: { Label: 'LOW' } } },
          ],
        }),
      );
    const { rules, gaps } = await ports.rulesV1();
    expect(gaps).toEqual([]);
    expect(rules).toHaveLength(100);
    expect(rules[99]).toMatchObject({ RuleName: 'rule 99', Criteria: { Title: [{ Value: 'a' }] } });
    expect(importV1Rules(rules)).toMatchObject({ rules: 100, problems: [] });
  });

  it('are read in OCSF one by one', async () => {
    const ports = await start({ v2: true });
    await client?.send(
      new CreateAutomationRuleV2Command({
        RuleName: 'two',
        Description: 'd',
        RuleOrder: 1,
        Criteria: {
          OcsfFindingCriteria: {
            CompositeFilters: [
              {
                StringFilters: [
                  { FieldName: 'cloud.region', Filter: { Value: 'a', Comparison: 'EQUALS' } },
                ],
              },
            ],
          },
        },
        Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { Comment: 'c' } }],
      }),
    );
    const { rules } = await ports.rulesV2();
    expect(rules).toEqual([expect.objectContaining({ RuleName: 'two', RuleOrder: 1 })]);
    expect(rules[0]).not.toHaveProperty('$metadata');
    expect(importV2Rules(rules)).toMatchObject({ rules: 1, problems: [] });
  });

  it('say where their service is not enabled', async () => {
    const ports = await start({ enabled: false });
    expect(await ports.rulesV1()).toEqual({
      rules: [],
      gaps: ['Security Hub CSPM (ASFF) is not enabled in this account and Region'],
    });
    expect((await ports.rulesV2()).gaps).toHaveLength(1);
  });
});

describe('lists of automation rules', () => {
  it('are read page after page; rules that are gone meanwhile are said', async () => {
    const mock = mockClient(SecurityHubClient);
    mock
      .on(ListAutomationRulesCommand)
      .resolvesOnce({ AutomationRulesMetadata: [{ RuleArn: 'a' }], NextToken: 't' })
      .resolvesOnce({ AutomationRulesMetadata: [{ RuleArn: 'b' }], NextToken: 'u' })
      .resolves({ AutomationRulesMetadata: [] });
    mock
      .on(BatchGetAutomationRulesCommand)
      .resolvesOnce({ Rules: [{ RuleName: 'a' }] })
      .resolves({ UnprocessedAutomationRules: [{ RuleArn: 'b', ErrorMessage: 'gone' }] });
    mock
      .on(ListAutomationRulesV2Command)
      .resolvesOnce({ Rules: [{ RuleArn: 'c' }], NextToken: 't' })
      .resolves({ Rules: [{ RuleArn: 'd' }] });
    mock.on(GetAutomationRuleV2Command).callsFake(({ Identifier }) => ({ RuleName: Identifier }));
    const one = new SecurityHubClient({});
    expect(await hubRulesV1(one)).toEqual({
      rules: [{ RuleName: 'a' }],
      gaps: ['b was not read: gone'],
    });
    expect(mock.commandCalls(ListAutomationRulesCommand).map(({ args }) => args[0].input)).toEqual([
      { MaxResults: 100 },
      { MaxResults: 100, NextToken: 't' },
      { MaxResults: 100, NextToken: 'u' },
    ]);
    expect((await hubRulesV2(one)).rules).toEqual([{ RuleName: 'c' }, { RuleName: 'd' }]);
    mock.restore();
  });
});

describe('findings of Security Hub', () => {
  const read = async (source: { read(): AsyncIterable<readonly Reading[]> }) => {
    const formats: string[] = [];
    for await (const batch of source.read())
      for (const reading of batch) if ('finding' in reading) formats.push(reading.finding.format);
    return formats;
  };

  it('are found by their id, in both formats', async () => {
    const ports = await start({ v2: true });
    await hub?.importAsff([asffFinding(), asffFinding({ Id: 'other' })], scope);
    expect(await read(ports.findingsById('other'))).toEqual(['asff', 'ocsf']);
    expect(await read(ports.findingsById('none'))).toEqual([]);
  });

  it('say how far reading has come', async () => {
    const ports = await start();
    const minute = (at: number) => new Date(Date.UTC(2026, 10, 24, 0, at)).toISOString();
    const many = Array.from({ length: 150 }, (_, at) =>
      asffFinding({ Id: `f${at}`, UpdatedAt: minute(at) }),
    );
    await hub?.importAsff(many.slice(0, 100), scope);
    await hub?.importAsff(many.slice(100), scope);
    const said: string[] = [];
    const query = { since: minute(0), now: new Date(minute(200)) };
    await read(
      ports.findings({ ...query, onProgress: (progress) => said.push(progressText(progress)) }),
    );
    expect(said).toEqual([
      '████████████░░░░░░░░░░░░  50 %  100 findings',
      '██████████████████░░░░░░  75 %  150 findings',
    ]);
  });
});

describe('what keeps from asking', () => {
  const named = (name: string) => Object.assign(new Error('words'), { name });

  it('is said where one service refuses', () => {
    expect(gapOf('Security Hub (OCSF)', named('AccessDeniedException'))).toBe(
      'Security Hub (OCSF) may not be read: words',
    );
  });

  it('is an error where it says something else', () => {
    expect(() => gapOf('Security Hub (OCSF)', named('ThrottlingException'))).toThrow('words');
  });
});
