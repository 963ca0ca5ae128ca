import type { Severity } from '@riposte/findings';
import type { ChangeKind } from '../model/change.ts';
import type { RuleQuestion, RuleVerdict } from '../model/rule-verdict.ts';
import { type AskedName, compileNames, compileTexts } from './compile-names.ts';
import { hasOnlyGrown } from './has-only-grown.ts';
import type { InventoryRule, Maintenance } from './inventory-rule.ts';
import { windowAround } from './maintenance-window.ts';

/** What one rule says: nothing to the question; that nobody is to be told; or its verdict. */
export type RuleAnswer = 'no' | 'quiet' | RuleVerdict;

/** One rule, ready to be asked. */
export type CompiledRule = (question: RuleQuestion, name: AskedName) => RuleAnswer;

const order: readonly Severity[] = ['informational', 'low', 'medium', 'high', 'critical'];

/** 0 for informational to 4 for critical. */
export function severityRank(severity: Severity): number {
  return order.indexOf(severity);
}

/**
 * Compiles one rule.
 *
 * @throws InvalidPatternError
 */
export function compileRule(rule: InventoryRule): CompiledRule {
  const inScope = compileScope(rule);
  const included = compileNames(rule.include);
  const excluded = compileNames(rule.exclude);
  const changes: ReadonlySet<ChangeKind> = new Set(rule.changes);
  const counts = compileAttributes(rule.attributes);
  const isNamed = (question: RuleQuestion, name: AskedName) =>
    changes.has(question.kind) && counts(question) && included(name) && !excluded(name);
  return (question, name) => {
    const known = isNamed(question, name) && inScope(question);
    if (known === false) return 'no';
    const unknown = known === true ? undefined : known;
    // Who may not be meant by it is not to be silenced by it.
    if (isQuiet(rule, question)) return unknown === undefined ? 'quiet' : 'no';
    return verdictOf(rule, question, unknown);
  };
}

function verdictOf(
  { id, severity, maintenance }: InventoryRule,
  question: RuleQuestion,
  unknown: string | undefined,
): RuleVerdict {
  const window = windowOf(maintenance, question);
  return {
    rule: id,
    severity: window ? milder(severity, window.severity) : severity,
    ...(window && { window: window.name }),
    ...(unknown !== undefined && { unknown }),
  };
}

/** Something that came or went has no attributes that differ. */
function compileAttributes(
  attributes: readonly string[] | undefined,
): (question: RuleQuestion) => boolean {
  if (attributes === undefined) return () => true;
  const counted = new Set(attributes);
  return ({ kind, attributes: differing }) =>
    kind !== 'modified' || differing.some((name) => counted.has(name));
}

/** Whether a rule is for a node: a text where that is not known, which says what is missing. */
function compileScope(rule: InventoryRule): (question: RuleQuestion) => boolean | string {
  const nodes = among(rule.nodes);
  const accounts = among(rule.accounts);
  const regions = among(rule.regions);
  const tags = compileTags(rule.tags ?? {});
  return ({ key, tags: known }) =>
    nodes(key.node) && accounts(key.account) && regions(key.region) && tags(known);
}

function among(globs: readonly string[] | undefined): (text: string) => boolean {
  return globs === undefined ? () => true : compileTexts(globs);
}

function compileTags(
  wanted: Readonly<Record<string, readonly string[]>>,
): (known: RuleQuestion['tags']) => boolean | string {
  const tests = Object.entries(wanted).map(([key, globs]) => ({ key, test: compileTexts(globs) }));
  if (tests.length === 0) return () => true;
  const names = tests.map(({ key }) => key).join(', ');
  return (known) => {
    if (known === undefined) return `the node's tags (${names}) are not known`;
    return tests.every(({ key, test }) => Object.hasOwn(known, key) && test(known[key] ?? ''));
  };
}

function isQuiet({ policy }: InventoryRule, question: RuleQuestion): boolean {
  switch (policy) {
    case 'readonly':
      return false;
    case 'ignore':
      return true;
    case 'presence':
      return question.kind === 'modified';
    case 'growing':
      return question.kind === 'modified' && hasOnlyGrown(question);
  }
}

function windowOf(
  maintenance: Maintenance | undefined,
  { from, to }: RuleQuestion,
): { readonly name: string; readonly severity: Severity } | undefined {
  if (!maintenance) return undefined;
  const name = windowAround(maintenance.windows, Date.parse(from), Date.parse(to));
  return name === undefined ? undefined : { name, severity: maintenance.severity };
}

function milder(one: Severity, other: Severity): Severity {
  return severityRank(other) < severityRank(one) ? other : one;
}
