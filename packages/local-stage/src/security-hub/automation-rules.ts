import { randomUUID } from 'node:crypto';
import { AutomationRulesActionType, RuleStatus } from '@aws-sdk/client-securityhub';
import { checkAsffFilters } from './asff-filters.ts';
import { HubFault, invalidInput } from './hub-fault.ts';
import { hubArn } from './hub-operations.ts';
import { isObject, listOf, objectOf, textOf } from './json.ts';
import { pageOf } from './paging.ts';
import type { HubCall, Operation } from './ports.ts';
import { changedRule, inOrder, membersOf, ruleQuota } from './rule-store.ts';
import { problemsOf, type Schema } from './schema.ts';
import type { JsonObject } from './types.ts';
import { findingFieldsUpdate } from './update-findings.ts';

const members: Readonly<Record<string, Schema>> = {
  RuleStatus: { is: 'string', oneOf: Object.values(RuleStatus) },
  RuleOrder: { is: 'number', integer: true, min: 1, max: 1000 },
  RuleName: { is: 'string', max: 256 },
  Description: { is: 'string', max: 1024 },
  IsTerminal: { is: 'boolean' },
  Criteria: { is: 'object', members: {} },
  Actions: {
    is: 'array',
    min: 1,
    max: 1,
    of: {
      is: 'object',
      members: {
        Type: { is: 'string', oneOf: Object.values(AutomationRulesActionType) },
        FindingFieldsUpdate: findingFieldsUpdate,
      },
      required: ['Type', 'FindingFieldsUpdate'],
    },
  },
};
const required = ['RuleOrder', 'RuleName', 'Description', 'Criteria', 'Actions'];
const metadata = [
  ...['RuleArn', 'RuleStatus', 'RuleOrder', 'RuleName', 'Description', 'IsTerminal'],
  ...['CreatedAt', 'UpdatedAt', 'CreatedBy'],
];

/** CreateAutomationRule. @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CreateAutomationRule.html */
export const createAutomationRule: Operation = ({ state, scope, body, clock }) => {
  check({ is: 'object', members, required }, body);
  if (state.rules.size >= ruleQuota)
    throw new HubFault('LimitExceededException', `At most ${ruleQuota} automation rules`);
  const { Tags: _tags, ...rule } = body;
  const RuleArn = hubArn(scope, `automation-rule/${randomUUID()}`);
  const now = clock().toISOString();
  state.rules.set(RuleArn, {
    ...{ RuleStatus: 'ENABLED', IsTerminal: false },
    ...rule,
    RuleOrder: Number(body.RuleOrder),
    ...{ RuleArn, CreatedAt: now, UpdatedAt: now, CreatedBy: scope.accountId },
  });
  return { RuleArn };
};

/** ListAutomationRules: without criteria and actions. */
export const listAutomationRules: Operation = ({ state, query }) => {
  const { items, next } = pageOf(inOrder(state.rules.values()), {
    token: query.get('NextToken'),
    maxResults: query.get('MaxResults'),
    byDefault: 100,
    question: 'rules',
    invalid: invalidInput,
  });
  return { AutomationRulesMetadata: items.map((rule) => membersOf(rule, metadata)), ...next };
};

/** BatchGetAutomationRules. */
export const batchGetAutomationRules: Operation = (call) => {
  const arns = arnsOf(call.body.AutomationRulesArns);
  return {
    Rules: arns.flatMap((arn) => call.state.rules.get(arn) ?? []),
    UnprocessedAutomationRules: arns.flatMap((arn) => missing(call, arn)),
  };
};

/** BatchUpdateAutomationRules: members that are not given stay. */
export const batchUpdateAutomationRules: Operation = (call) => {
  const items = listOf(call.body.UpdateAutomationRulesRequestItems).map(objectOf);
  const arns = arnsOf(items.map(({ RuleArn }) => RuleArn));
  for (const item of items) check({ is: 'object', members }, item);
  for (const item of items) {
    const rule = call.state.rules.get(String(item.RuleArn));
    if (rule) call.state.rules.set(rule.RuleArn, changedRule(rule, item, call.clock()));
  }
  return processed(call, arns);
};

/** BatchDeleteAutomationRules. */
export const batchDeleteAutomationRules: Operation = (call) => {
  const answer = processed(call, arnsOf(call.body.AutomationRulesArns));
  for (const arn of listOf(call.body.AutomationRulesArns)) call.state.rules.delete(String(arn));
  return answer;
};

function processed(call: HubCall, arns: readonly string[]): JsonObject {
  return {
    ProcessedAutomationRules: arns.filter((arn) => call.state.rules.has(arn)),
    UnprocessedAutomationRules: arns.flatMap((arn) => missing(call, arn)),
  };
}

function missing({ state }: HubCall, RuleArn: string): readonly JsonObject[] {
  if (state.rules.has(RuleArn)) return [];
  return [{ RuleArn, ErrorCode: 404, ErrorMessage: 'Automation rule not found' }];
}

function arnsOf(value: unknown): readonly string[] {
  const arns = listOf(value).flatMap((arn) => textOf(arn) ?? []);
  if (arns.length >= 1 && arns.length <= 100) return arns;
  throw invalidInput(
    'AutomationRulesArns',
    'data should NOT have fewer than 1 or more than 100 items.',
  );
}

function check(schema: Schema, body: JsonObject): void {
  const [problem] = problemsOf(schema, body);
  if (problem) throw invalidInput(/^data\.(\w+)/.exec(problem)?.[1] ?? 'Request', `${problem}.`);
  if (isObject(body.Criteria)) checkAsffFilters('Criteria', body.Criteria);
}
