import { HubFault, invalidInput } from './hub-fault.ts';
import { hubArn } from './hub-operations.ts';
import type { ActionTarget, HubState } from './hub-state.ts';
import { listOf, textOf } from './json.ts';
import { pageOf } from './paging.ts';
import type { Operation } from './ports.ts';
import { problemsOf, type Schema } from './schema.ts';
import type { JsonObject } from './types.ts';

/** "Must be fewer than 20 characters" (console and user guide, custom actions). */
const name: Schema = { is: 'string', max: 19 };
const description: Schema = { is: 'string', max: 500 };
const id: Schema = { is: 'string', max: 20, pattern: /^[a-zA-Z0-9]+$/ };
const quota = 50;

/** CreateActionTarget. @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CreateActionTarget.html */
export const createActionTarget: Operation = ({ state, scope, body }) => {
  const Name = checked('Name', name, body.Name);
  const Description = checked('Description', description, body.Description);
  const Id = checked('Id', id, body.Id);
  const ActionTargetArn = hubArn(scope, `action/custom/${Id}`);
  if (state.actionTargets.has(ActionTargetArn))
    throw new HubFault('ResourceConflictException', `Custom action with Id ${Id} already exists`);
  if (state.actionTargets.size >= quota)
    throw new HubFault('LimitExceededException', `At most ${quota} custom actions`);
  state.actionTargets.set(ActionTargetArn, { ActionTargetArn, Name, Description });
  return { ActionTargetArn };
};

/** DescribeActionTargets: those asked for, or all. */
export const describeActionTargets: Operation = ({ state, body }) => {
  const { ActionTargetArns, NextToken, MaxResults } = body;
  const asked = listOf(ActionTargetArns).map(String);
  const targets: readonly ActionTarget[] =
    asked.length > 0 ? asked.map((arn) => targetOf(state, arn)) : [...state.actionTargets.values()];
  const { items, next } = pageOf(targets, {
    token: NextToken,
    maxResults: MaxResults,
    byDefault: 100,
    question: asked,
    invalid: invalidInput,
  });
  return { ActionTargets: items, ...next };
};

/** UpdateActionTarget: name, description or both. */
export const updateActionTarget: Operation = ({ state, path, body }) => {
  const target = targetOf(state, path.arn ?? '');
  const { Name = target.Name, Description = target.Description } = body;
  state.actionTargets.set(target.ActionTargetArn, {
    ...target,
    Name: checked('Name', name, Name),
    Description: checked('Description', description, Description),
  });
  return {};
};

/** DeleteActionTarget. */
export const deleteActionTarget: Operation = ({ state, path }) => {
  const { ActionTargetArn } = targetOf(state, path.arn ?? '');
  state.actionTargets.delete(ActionTargetArn);
  return { ActionTargetArn } satisfies JsonObject;
};

function targetOf({ actionTargets }: HubState, arn: string): ActionTarget {
  const target = actionTargets.get(arn);
  if (target) return target;
  throw new HubFault('ResourceNotFoundException', `Custom action ${arn} not found`);
}

function checked(parameter: string, schema: Schema, value: unknown): string {
  const [problem] = problemsOf(schema, value ?? undefined);
  if (problem) throw invalidInput(parameter, `${problem}.`);
  return textOf(value) ?? '';
}
