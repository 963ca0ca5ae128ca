import { isDeepStrictEqual } from 'node:util';
import { mergedUpdate } from '../evaluate/merged-update.ts';
import type { RuleMatch } from '../evaluate/rule-match.ts';
import type { RuleExpectation } from '../folder/read-tests.ts';
import type { Action } from '../model/action.ts';

/** What differs between what a case expects and what its finding matched, a line each; none where it is as expected. */
export function differences(
  expected: RuleExpectation,
  matches: readonly RuleMatch[],
): readonly string[] {
  const ids = matches.map(({ rule }) => rule.id);
  const actions = matches.flatMap(({ branch }) => branch.then);
  return [
    ...matchLines(expected.matches ?? [], ids),
    ...(expected.notMatches ?? [])
      .filter((id) => ids.includes(id))
      .map((id) => `matches: ${id}, which was not to match`),
    ...updateLines(expected.update ?? {}, mergedUpdate(matches)),
    ...toldLines(expected.told, actions),
    ...actionLines(expected.actions ?? [], actions),
  ];
}

function matchLines(expected: readonly string[], ids: readonly string[]): readonly string[] {
  const missing = expected.filter((id) => !ids.includes(id));
  if (missing.length > 0) return missing.map((id) => `matches: not ${id}; matched: ${listed(ids)}`);
  const order = ids.filter((id) => expected.includes(id));
  if (isDeepStrictEqual(order, [...expected])) return [];
  return [`matches: expected in the order ${listed(expected)}; came ${listed(order)}`];
}

/** What is expected to be null is not changed; of maps, the named members count. */
function updateLines(
  expected: Readonly<Record<string, unknown>>,
  update: object,
  path = 'update',
): readonly string[] {
  const came = new Map<string, unknown>(Object.entries(update));
  return Object.entries(expected).flatMap(([key, wanted]) => {
    const got = came.get(key);
    if (wanted === null ? got === undefined : isDeepStrictEqual(got, wanted)) return [];
    if (isMap(wanted) && isMap(got)) return updateLines(wanted, got, `${path}.${key}`);
    return [`${path}.${key}: expected ${inWords(wanted)}, came ${inWords(got)}`];
  });
}

function toldLines(
  expected: readonly string[] | undefined,
  actions: readonly Action[],
): readonly string[] {
  if (expected === undefined) return [];
  const came = [...new Set(actions.flatMap(channelOf))].toSorted();
  const wanted = [...new Set(expected)].toSorted();
  if (isDeepStrictEqual(came, wanted)) return [];
  return [`told: expected ${listed(wanted)}, came ${listed(came)}`];
}

function channelOf(action: Action): readonly string[] {
  if ('notify' in action) return [action.notify.channel];
  return 'ticket' in action ? [action.ticket.channel] : [];
}

function actionLines(
  expected: readonly Readonly<Record<string, unknown>>[],
  actions: readonly Action[],
): readonly string[] {
  return expected
    .filter((wanted) => !actions.some((action) => holds(action, wanted)))
    .map((wanted) => {
      const kind = Object.keys(wanted)[0] ?? '';
      const alike = actions.filter((action) => kind in action);
      const came = alike.length > 0 ? alike.map(inWords).join(', ') : 'none of this kind';
      return `actions: expected ${inWords(wanted)}, came ${came}`;
    });
}

/** Whether a value has at least the wanted members; lists are compared as a whole. */
function holds(value: unknown, wanted: unknown): boolean {
  if (!isMap(wanted) || !isMap(value)) return isDeepStrictEqual(value, wanted);
  return Object.entries(wanted).every(
    ([key, part]) => Object.hasOwn(value, key) && holds(value[key], part),
  );
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}

function inWords(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value);
}
