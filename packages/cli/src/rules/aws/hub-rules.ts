import {
  BatchGetAutomationRulesCommand,
  GetAutomationRuleV2Command,
  ListAutomationRulesCommand,
  ListAutomationRulesV2Command,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { LiveRules } from '../ports.ts';
import { gapOf } from './hub-gap.ts';

const pageSize = 100;

/** Automation rules of Security Hub CSPM, whole. The list names them only; the SDK has no paginator for it. */
export async function hubRulesV1(client: SecurityHubClient): Promise<LiveRules> {
  try {
    const rules: unknown[] = [];
    const gaps: string[] = [];
    for await (const arns of arnsV1(client)) {
      if (arns.length === 0) continue;
      const answer = await client.send(
        new BatchGetAutomationRulesCommand({ AutomationRulesArns: [...arns] }),
      );
      rules.push(...(answer.Rules ?? []));
      for (const { RuleArn, ErrorMessage } of answer.UnprocessedAutomationRules ?? [])
        gaps.push(`${RuleArn} was not read: ${ErrorMessage}`);
    }
    return { rules, gaps };
  } catch (error) {
    return { rules: [], gaps: [gapOf('Security Hub CSPM (ASFF)', error)] };
  }
}

async function* arnsV1(client: SecurityHubClient): AsyncGenerator<readonly string[]> {
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListAutomationRulesCommand({ MaxResults: pageSize, ...(NextToken && { NextToken }) }),
    );
    yield (page.AutomationRulesMetadata ?? []).flatMap(({ RuleArn }) => RuleArn ?? []);
    NextToken = page.NextToken;
  } while (NextToken);
}

/** Automation rules of Security Hub, whole: asked for one by one, as the API has it. */
export async function hubRulesV2(client: SecurityHubClient): Promise<LiveRules> {
  try {
    const rules: unknown[] = [];
    for await (const ids of idsV2(client))
      for (const Identifier of ids) {
        const { $metadata, ...rule } = await client.send(
          new GetAutomationRuleV2Command({ Identifier }),
        );
        rules.push(rule);
      }
    return { rules, gaps: [] };
  } catch (error) {
    return { rules: [], gaps: [gapOf('Security Hub (OCSF)', error)] };
  }
}

async function* idsV2(client: SecurityHubClient): AsyncGenerator<readonly string[]> {
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListAutomationRulesV2Command({ MaxResults: pageSize, ...(NextToken && { NextToken }) }),
    );
    yield (page.Rules ?? []).flatMap(({ RuleArn }) => RuleArn ?? []);
    NextToken = page.NextToken;
  } while (NextToken);
}
