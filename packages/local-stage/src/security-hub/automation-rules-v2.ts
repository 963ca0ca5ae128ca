import { randomUUID } from 'node:crypto';
import { AutomationRulesActionTypeV2, RuleStatusV2 } from '@aws-sdk/client-securityhub';
import { HubFault, invalidV2 } from './hub-fault.ts';
import { hubArn } from './hub-operations.ts';
import type { StoredRule } from './hub-state.ts';
import { at, listOf, objectOf } from './json.ts';
import { checkOcsfFilters } from './ocsf-filters.ts';
import { pageOf } from './paging.ts';
import type { HubCall, Operation } from './ports.ts';
import { changedRule, inOrder, membersOf, ruleQuota } from './rule-store.ts';
import { problemsOf, type Schema } from './schema.ts';
import type { JsonObject } from './types.ts';
import { idProblem, ocsfUpdate } from './update-ocsf.ts';

const text = (max: number): Schema => ({ is: 'string', max, pattern: /\S/ });

const members: Readonly<Record<string, Schema>> = {
  RuleName: text(256),
  RuleStatus: { is: 'string', oneOf: Object.values(RuleStatusV2) },
  Description: text(256),
  RuleOrder: { is: 'number', min: 1, max: 1000 },
  Criteria: {
    is: 'object',
    members: { OcsfFindingCriteria: { is: 'object', members: {} } },
    required: ['OcsfFindingCriteria'],
  },
  Actions: {
    is: 'array',
    min: 1,
    max: 1,
    of: {
      is: 'object',
      members: {
        Type: { is: 'string', oneOf: Object.values(AutomationRulesActionTypeV2) },
        FindingFieldsUpdate: { is: 'object', members: ocsfUpdate },
      },
      required: ['Type'],
    },
  },
};
const required = ['RuleName', 'Description', 'RuleOrder', 'Criteria', 'Actions'];
const listed = [
  ...['RuleArn', 'RuleId', 'RuleOrder', 'RuleName', 'RuleStatus', 'Description'],
  ...['CreatedAt', 'UpdatedAt'],
];

/** CreateAutomationRuleV2. @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CreateAutomationRuleV2.html */
export const createAutomationRuleV2: Operation = ({ state, scope, body, clock }) => {
  check({ is: 'object', members, required }, body);
  if (state.rulesV2.size >= ruleQuota)
    throw new HubFault('ServiceQuotaExceededException', `At most ${ruleQuota} automation rules`);
  const { Tags: _tags, ClientToken: _token, ...rule } = body;
  const RuleId = randomUUID();
  const RuleArn = hubArn(scope, `automation-rulev2/${RuleId}`);
  const now = clock().toISOString();
  state.rulesV2.set(RuleArn, {
    ...{ RuleStatus: 'ENABLED' },
    ...rule,
    RuleOrder: Number(body.RuleOrder),
    ...{ RuleArn, RuleId, CreatedAt: now, UpdatedAt: now },
  });
  return { RuleArn, RuleId };
};

/** ListAutomationRulesV2: without criteria, actions by their type. */
export const listAutomationRulesV2: Operation = ({ state, query }) => {
  const { items, next } = pageOf(inOrder(state.rulesV2.values()), {
    token: query.get('NextToken'),
    maxResults: query.get('MaxResults'),
    byDefault: 100,
    question: 'rules-v2',
    invalid: (parameter, problem) => invalidV2(`${parameter}: ${problem}`),
  });
  const Rules = items.map((rule) => ({
    ...membersOf(rule, listed),
    Actions: listOf(rule.Actions).map((action) => ({ Type: objectOf(action).Type })),
  }));
  return { Rules, ...next };
};

/** GetAutomationRuleV2, by ARN or id. */
export const getAutomationRuleV2: Operation = (call) => ruleOf(call);

/** UpdateAutomationRuleV2: members that are not given stay. */
export const updateAutomationRuleV2: Operation = (call) => {
  const rule = ruleOf(call);
  check({ is: 'object', members }, call.body);
  call.state.rulesV2.set(rule.RuleArn, changedRule(rule, call.body, call.clock()));
  return {};
};

/** DeleteAutomationRuleV2. */
export const deleteAutomationRuleV2: Operation = (call) => {
  call.state.rulesV2.delete(ruleOf(call).RuleArn);
  return {};
};

function ruleOf({ state, path }: HubCall): StoredRule {
  const identifier = path.arn ?? '';
  const rule = [...state.rulesV2.values()].find(
    ({ RuleArn, RuleId }) => RuleArn === identifier || RuleId === identifier,
  );
  if (rule) return rule;
  throw new HubFault('ResourceNotFoundException', `Automation rule ${identifier} not found`);
}

function check(schema: Schema, body: JsonObject): void {
  const [problem] = problemsOf(schema, body);
  if (problem) throw invalidV2(problem);
  checkOcsfFilters(at(body, 'Criteria.OcsfFindingCriteria'));
  for (const action of listOf(body.Actions).map(objectOf)) {
    const update = objectOf(action.FindingFieldsUpdate);
    const wrong = idProblem(update) ?? actionProblem(action, update);
    if (wrong) throw invalidV2(wrong);
  }
}

function actionProblem(action: JsonObject, update: JsonObject): string | undefined {
  if (action.Type !== 'FINDING_FIELDS_UPDATE') return undefined;
  return Object.keys(update).length === 0
    ? 'FindingFieldsUpdate must change at least one field'
    : undefined;
}
