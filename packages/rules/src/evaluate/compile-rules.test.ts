import { describe, expect, it } from '@jest/globals';
import type { Condition } from '../model/condition.ts';
import type { RulePack } from '../model/rule.ts';
import { compileRules } from './compile-rules.ts';
import { asffOf, guardDutyOf, ocsfOf } from './testing/findings.ts';
import { branchOf, packOf, ruleOf } from './testing/rules.ts';

const now = new Date('2026-11-25T09:00:00Z');
const always: Condition = { always: true };

function namesOf(packs: readonly RulePack[], finding = asffOf()): readonly string[] {
  return compileRules(packs)
    .evaluate(finding, { now })
    .map(({ rule }) => rule.name);
}

describe('compileRules', () => {
  it('gives the rules that match in the order in which they apply', () => {
    const packs = [
      packOf([ruleOf('c'), ruleOf('d')], { file: 'b' }),
      packOf([ruleOf('e', { order: 2 }), ruleOf('b')], { file: 'a' }),
    ];
    expect(namesOf(packs)).toEqual(['b', 'c', 'd', 'e']);
  });

  it('stops after a terminal rule that matches', () => {
    const rules = [
      ruleOf('no', { terminal: true, branches: [branchOf({ not: always })] }),
      ruleOf('last', { terminal: true }),
      ruleOf('never reached'),
    ];
    expect(namesOf([packOf(rules)])).toEqual(['last']);
  });

  it('leaves out rules that are disabled or have expired', () => {
    const rules = [
      ruleOf('disabled', { enabled: false }),
      ruleOf('expired', { expires: '2026-11-25T09:00:00Z' }),
      ruleOf('expires later', { expires: '2026-11-26' }),
    ];
    expect(namesOf([packOf(rules)])).toEqual(['expires later']);
  });

  it('takes the first branch whose condition holds', () => {
    const chain = ruleOf('chain', {
      branches: [branchOf({ not: always }), branchOf(always), branchOf(always)],
    });
    const [match] = compileRules([packOf([chain])]).evaluate(asffOf(), { now });
    expect(match?.branchIndex).toBe(1);
  });

  it('lets criteria of another format match neither as they are nor denied', () => {
    const criteria: Condition = { asff: { RecordState: [{ Value: 'X', Comparison: 'EQUALS' }] } };
    const rules = [
      ruleOf('as is', { branches: [branchOf(criteria)] }),
      ruleOf('denied', { branches: [branchOf({ not: criteria })] }),
      ruleOf('any'),
    ];
    expect(namesOf([packOf(rules)], ocsfOf())).toEqual(['any']);
    expect(namesOf([packOf(rules)], guardDutyOf())).toEqual(['any']);
    expect(namesOf([packOf(rules)])).toEqual(['denied', 'any']);
  });

  it('shows later rules of the basis current what earlier ones changed', () => {
    const raise = ruleOf('raise', {
      branches: [branchOf(always, [{ update: { severity: 'CRITICAL' } }])],
    });
    const seen = ruleOf('seen', {
      branches: [
        branchOf({ asff: { SeverityLabel: [{ Value: 'CRITICAL', Comparison: 'EQUALS' }] } }),
      ],
    });
    expect(namesOf([packOf([raise, seen])])).toEqual(['raise']);
    expect(namesOf([packOf([raise, seen], { evaluate: 'current' })])).toEqual(['raise', 'seen']);
  });

  it('names the rule that asks for a field that does not exist', () => {
    const wrong = ruleOf('wrong', {
      branches: [branchOf({ asff: { Severty: [{ Value: 'X', Comparison: 'EQUALS' }] } })],
    });
    expect(() => compileRules([packOf([wrong])])).toThrow(
      "rule pack/wrong: 'Severty' is no field of ASFF criteria",
    );
  });
});
