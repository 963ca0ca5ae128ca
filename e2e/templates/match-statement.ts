import { isObject, type JsonObject, listAt, objectAt, textsAt } from './json.ts';

/** Who asks: a service, or a principal of an account. */
export type Principal = { readonly service: string } | { readonly arn: string };

/** What is asked of a policy. */
export interface Request {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the request carries, e.g. `aws:SourceArn`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** A policy uses an element or operator that this evaluator does not know: better no answer than a wrong one. */
export class UnsupportedPolicyError extends Error {
  override readonly name = 'UnsupportedPolicyError';
}

/** How a statement of a resource's policy names the principal: itself, or the account that then decides by its own policies. */
export type Named = 'itself' | 'account' | undefined;

/**
 * Whether a statement is about a request: action, resource and conditions, its principal aside.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @throws UnsupportedPolicyError
 */
export function isAbout(
  statement: JsonObject,
  { action, resource, context = {} }: Request,
): boolean {
  for (const element of ['NotAction', 'NotResource', 'NotPrincipal']) {
    if (element in statement) throw new UnsupportedPolicyError(`${element} is not known here`);
  }
  const isAction = textsAt(statement, 'Action').some((pattern) =>
    glob(pattern.toLowerCase()).test(action.toLowerCase()),
  );
  const resources = textsAt(statement, 'Resource');
  // A trust policy is the role's own, and names no resource.
  const isResource = resources.length === 0 || resources.some((one) => arnMatches(one, resource));
  return isAction && isResource && holds(objectAt(statement, 'Condition'), context);
}

/** Whether, and how, a statement of a resource's policy names a principal. */
export function namesPrincipal(statement: JsonObject, principal: Principal): Named {
  const { Principal: named } = statement;
  if (named === '*') return 'itself';
  if (!isObject(named)) return undefined;
  if ('service' in principal) {
    return textsAt(named, 'Service').includes(principal.service) ? 'itself' : undefined;
  }
  const accounts = textsAt(named, 'AWS');
  if (accounts.includes('*') || accounts.includes(principal.arn)) return 'itself';
  const [, partition, , , accountId = ''] = principal.arn.split(':');
  const root = `arn:${partition}:iam::${accountId}:root`;
  return accounts.includes(root) || accounts.includes(accountId) ? 'account' : undefined;
}

type Compare = (pattern: string, value: string) => boolean;

const equal: Compare = (pattern, value) => pattern === value;
const like: Compare = (pattern, value) => glob(pattern).test(value);

const operators: Readonly<Record<string, Compare>> = {
  StringEquals: equal,
  StringLike: like,
  ArnEquals: arnMatches,
  ArnLike: arnMatches,
  Bool: (pattern, value) => pattern.toLowerCase() === value.toLowerCase(),
};

/** Operators that hold for what the other one denies, and where the key is missing. */
const negated: Readonly<Record<string, Compare>> = {
  StringNotEquals: equal,
  StringNotLike: like,
  ArnNotEquals: arnMatches,
  ArnNotLike: arnMatches,
};

function holds(condition: JsonObject, context: Readonly<Record<string, string>>): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(objectAt(keys)).every(([key, patterns]) =>
      holdsFor(operator, listAt(patterns).map(String), contextValue(context, key)),
    ),
  );
}

function holdsFor(operator: string, patterns: readonly string[], value?: string): boolean {
  if (operator === 'Null') return patterns.includes(String(value === undefined));
  const compare = operators[operator];
  if (compare) return value !== undefined && patterns.some((pattern) => compare(pattern, value));
  const differ = negated[operator];
  if (!differ) throw new UnsupportedPolicyError(`${operator} is not known here`);
  return value === undefined || !patterns.some((pattern) => differ(pattern, value));
}

/** Names of condition keys are read whatever their case. */
function contextValue(context: Readonly<Record<string, string>>, key: string): string | undefined {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found?.[1];
}

/** ARNs are compared part by part: `*` reaches over no colon, but in the last part. */
export function arnMatches(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const [patterns, parts] = [arnParts(pattern), arnParts(arn)];
  return (
    patterns.length === parts.length &&
    patterns.every((part, at) => glob(part).test(parts[at] ?? ''))
  );
}

const arnParts = remembered((arn: string): readonly string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
});

const glob = remembered((pattern: string): RegExp => {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
});

/** The same few texts are asked about millions of times. */
function remembered<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = of(text);
    known.set(text, value);
    return value;
  };
}
