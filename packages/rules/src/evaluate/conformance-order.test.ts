import { describe, expect, it } from '@jest/globals';
import type { FindingUpdate } from '../model/action.ts';
import type { Condition } from '../model/condition.ts';
import type { Rule, RulePack } from '../model/rule.ts';
import { compileRules } from './compile-rules.ts';
import { mergedUpdate } from './merged-update.ts';
import { now, source } from './testing/conformance.ts';
import { asffOf, ocsfOf } from './testing/findings.ts';
import { branchOf, packOf, ruleOf } from './testing/rules.ts';

const always: Condition = { always: true };
const never: Condition = { not: always };

interface OrderCase {
  readonly title: string;
  readonly source: string;
  readonly packs: readonly RulePack[];
  /** Names of the rules that match, in order. */
  readonly matched: readonly string[];
}

function updating(name: string, update: FindingUpdate, members: Partial<Rule> = {}): Rule {
  return ruleOf(name, { branches: [branchOf(always, [{ update }])], ...members });
}

function seeing(name: string, test: Condition, members: Partial<Rule> = {}): Rule {
  return ruleOf(name, { branches: [branchOf(test)], ...members });
}

const isRaised: Condition = {
  asff: { SeverityLabel: [{ Value: 'CRITICAL', Comparison: 'EQUALS' }] },
};
const isMedium: Condition = {
  asff: { SeverityLabel: [{ Value: 'MEDIUM', Comparison: 'EQUALS' }] },
};
const raise = (order: number) => updating('raise', { severity: 'CRITICAL' }, { order });

const cases: readonly OrderCase[] = [
  {
    title: 'a lower order first',
    source: source.rule,
    packs: [packOf([ruleOf('b', { order: 2 }), ruleOf('a', { order: 1 })])],
    matched: ['a', 'b'],
  },
  {
    title: 'orders that are no whole numbers',
    source: source.ruleV2,
    packs: [packOf([ruleOf('b', { order: 1.5 }), ruleOf('a', { order: 1.25 })])],
    matched: ['a', 'b'],
  },
  {
    title: 'the same order: by file name, whatever the packs are given in',
    source: source.ours,
    packs: [
      packOf([ruleOf('c')], { file: 'z.rules.yaml' }),
      packOf([ruleOf('b')], { file: 'b.rules.yaml' }),
      packOf([ruleOf('a')], { file: 'B.rules.yaml' }),
    ],
    matched: ['a', 'b', 'c'],
  },
  {
    title: 'the same order in one file: by place',
    source: source.ours,
    packs: [packOf([ruleOf('z'), ruleOf('a')])],
    matched: ['z', 'a'],
  },
  {
    title: 'no rule after a terminal one that matches, not of another pack either',
    source: source.rule,
    packs: [
      packOf([ruleOf('a', { order: 1 }), ruleOf('b', { order: 2, terminal: true })]),
      packOf([ruleOf('c', { order: 3 })], { file: 'a.rules.yaml' }),
    ],
    matched: ['a', 'b'],
  },
  {
    title: 'rules after a terminal one that does not match',
    source: source.rule,
    packs: [packOf([seeing('a', never, { terminal: true }), ruleOf('b')])],
    matched: ['b'],
  },
  {
    title: 'a terminal rule that is disabled or has expired ends nothing',
    source: source.riposte,
    packs: [
      packOf([
        ruleOf('a', { terminal: true, enabled: false }),
        ruleOf('b', { terminal: true, expires: '2026-11-25' }),
        ruleOf('c'),
      ]),
    ],
    matched: ['c'],
  },
  {
    title: 'a rule the moment before it expires',
    source: source.riposte,
    packs: [packOf([ruleOf('a', { expires: '2026-11-25T09:00:00.001Z' })])],
    matched: ['a'],
  },
  {
    title: 'a rule of the basis original does not see what an earlier one changed',
    source: source.ruleV2,
    packs: [
      packOf([raise(1), seeing('a', isRaised, { order: 2 }), seeing('b', isMedium, { order: 2 })]),
    ],
    matched: ['raise', 'b'],
  },
  {
    title: 'a rule of the basis current sees what an earlier one changed',
    source: source.riposte,
    packs: [
      packOf([raise(1), seeing('a', isRaised, { order: 2 }), seeing('b', isMedium, { order: 2 })], {
        evaluate: 'current',
      }),
    ],
    matched: ['raise', 'a'],
  },
  {
    title: 'a rule does not see what a later one changes',
    source: source.riposte,
    packs: [packOf([seeing('a', isRaised, { order: 1 }), raise(2)], { evaluate: 'current' })],
    matched: ['raise'],
  },
  {
    title: 'packs of both bases, interleaved by order',
    source: source.riposte,
    packs: [
      packOf([raise(1), seeing('original', isMedium, { order: 3 })], { file: 'a' }),
      packOf([seeing('current', isRaised, { order: 2 }), seeing('too', isMedium, { order: 4 })], {
        file: 'b',
        evaluate: 'current',
      }),
    ],
    matched: ['raise', 'current', 'original'],
  },
  {
    title: 'several changes, each seen by the next rule',
    source: source.riposte,
    packs: [
      packOf(
        [
          raise(1),
          updating(
            'lower',
            { severity: 'MEDIUM' },
            {
              order: 2,
              branches: [
                branchOf(isRaised, [
                  { update: { severity: 'MEDIUM', userDefinedFields: { b: '2' } } },
                ]),
              ],
            },
          ),
          seeing(
            'a',
            { all: [isMedium, { test: { field: 'UserDefinedFields.b', equals: '2' } }] },
            { order: 3 },
          ),
          seeing('b', isRaised, { order: 4 }),
        ],
        { evaluate: 'current' },
      ),
    ],
    matched: ['raise', 'lower', 'a'],
  },
];

function matchedNames(packs: readonly RulePack[]): readonly string[] {
  return compileRules(packs)
    .evaluate(asffOf(), { now })
    .map(({ rule }) => rule.name);
}

describe('the order of rules', () => {
  it.each(cases.map((one) => [`${one.title} (${one.source})`, one] as const))(
    '%s',
    (_title, { packs, matched }) => {
      expect(matchedNames(packs)).toEqual(matched);
    },
  );

  it('takes the first branch that holds, and says which it is', () => {
    const chain = ruleOf('chain', {
      branches: [branchOf(isRaised), branchOf(isMedium), branchOf(always)],
    });
    const compiled = compileRules([packOf([chain])]);
    const [match] = compiled.evaluate(asffOf(), { now });
    expect(match).toEqual({ rule: chain, branch: chain.branches[1], branchIndex: 1 });
  });

  it('keeps the place of a branch behind others that no finding of the format can reach', () => {
    const chain = ruleOf('chain', {
      branches: [branchOf(isMedium), branchOf(never), branchOf(always)],
    });
    const compiled = compileRules([packOf([chain])]);
    expect(compiled.evaluate(ocsfOf(), { now })[0]?.branchIndex).toBe(2);
  });

  it('gives the last rule the last word on each field, and on each user-defined one', () => {
    const compiled = compileRules([
      packOf([
        updating('a', { severity: 'LOW', note: 'a', userDefinedFields: { x: '1', y: '1' } }),
        updating('b', { severity: 'HIGH', userDefinedFields: { y: '2' } }),
      ]),
    ]);
    expect(mergedUpdate(compiled.evaluate(asffOf(), { now }))).toEqual({
      severity: 'HIGH',
      note: 'a',
      userDefinedFields: { x: '1', y: '2' },
    });
  });
});
