import type { Matcher } from '@riposte/rules';
import { RE2JS } from 're2js';
import type { Labels } from './alert.ts';
import { InvalidMatcherError } from './errors.ts';

type Test = (labels: Labels) => boolean;

const compiled = new WeakMap<readonly Matcher[], Test>();

/**
 * Whether labels fulfil all matchers. A missing label is an empty one; expressions have to match the whole value, in linear time.
 *
 * @throws InvalidMatcherError where an expression is not RE2's.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#matcher
 * @example
 * matches([{ label: 'severity', op: '=~', value: 'LOW|MEDIUM' }], { severity: 'LOW' }); // true
 */
export function matches(matchers: readonly Matcher[], labels: Labels): boolean {
  let test = compiled.get(matchers);
  if (!test) {
    const tests = matchers.map(testOf);
    test = (all) => tests.every((fulfilled) => fulfilled(all));
    compiled.set(matchers, test);
  }
  return test(labels);
}

function testOf({ label, op, value }: Matcher): Test {
  if (op === '=') return (labels) => labelOf(labels, label) === value;
  if (op === '!=') return (labels) => labelOf(labels, label) !== value;
  const expression = expressionOf(label, value);
  const wanted = op === '=~';
  return (labels) => expression.matches(labelOf(labels, label)) === wanted;
}

function expressionOf(label: string, value: string): RE2JS {
  try {
    return RE2JS.compile(value);
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : 'wrong';
    throw new InvalidMatcherError(label, `'${value}' is no RE2 expression (${what})`, { cause });
  }
}

/** The value of a label; empty where it is missing. */
export function labelOf(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';
}
