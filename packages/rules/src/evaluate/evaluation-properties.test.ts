import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Condition } from '../model/condition.ts';
import type { Rule, RulePack } from '../model/rule.ts';
import { compileRules } from './compile-rules.ts';
import { asffOf } from './testing/findings.ts';
import { branchOf, packOf, ruleOf } from './testing/rules.ts';

const now = new Date('2026-11-25T09:00:00Z');
const text = fc.constantFrom('a', 'ab', 'b');
const comparison = fc.constantFrom('EQUALS', 'PREFIX', 'CONTAINS', 'NOT_EQUALS', 'NOT_CONTAINS');

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .tuple(fc.constantFrom('Title', 'Type', 'ResourceType'), comparison, text)
    .map(([name, Comparison, Value]): Condition => ({ asff: { [name]: [{ Value, Comparison }] } })),
  text.map((equals): Condition => ({ not: { test: { field: 'Title', equals } } })),
  text.map((team): Condition => ({ tags: { team } })),
);

const rules = fc
  .array(fc.tuple(condition, fc.integer({ min: 1, max: 1000 })), { maxLength: 12 })
  .map((all) =>
    all.map(([when, order], index) =>
      ruleOf(`r${index}`, {
        id: `pack/r${index}`,
        order,
        branches: [branchOf(when, [{ update: { severity: 'LOW' } }])],
      }),
    ),
  );

const finding = fc
  .record({ Title: text, Types: fc.array(text, { maxLength: 2 }), type: text, team: text })
  .map(({ Title, Types, type, team }) =>
    asffOf({ Title, Types, Resources: [{ Id: 'r', Type: type, Tags: { team } }] }),
  );

function packsOf(all: readonly Rule[], files: readonly string[]): readonly RulePack[] {
  return files.map((file, index) =>
    packOf(
      all.filter((_, at) => at % files.length === index),
      { file },
    ),
  );
}

function namesOf(packs: readonly RulePack[], one: ReturnType<typeof asffOf>): readonly string[] {
  return compileRules(packs)
    .evaluate(one, { now })
    .map(({ rule }) => rule.name);
}

describe('evaluation', () => {
  it('does not depend on the order in which packs are given', () => {
    fc.assert(
      fc.property(rules, finding, (all, one) => {
        const packs = packsOf(all, ['a', 'b', 'c']);
        expect(namesOf(packs.toReversed(), one)).toEqual(namesOf(packs, one));
      }),
    );
  });

  it('matches the same rules of the basis original whichever files and orders they have', () => {
    fc.assert(
      fc.property(rules, finding, (all, one) => {
        const others = all.map((rule) => ({ ...rule, order: 1001 - rule.order }));
        const names = namesOf(packsOf(all, ['a', 'b']), one);
        const reordered = namesOf(packsOf(others, ['z', 'y', 'x']), one);
        expect(reordered.toSorted()).toEqual(names.toSorted());
      }),
    );
  });

  it('matches a rule whatever other rules there are, unless a terminal one ends before it', () => {
    fc.assert(
      fc.property(rules, finding, (all, one) => {
        const together = new Set(namesOf([packOf(all)], one));
        for (const rule of all)
          expect(namesOf([packOf([rule])], one).length > 0).toBe(together.has(rule.name));
      }),
    );
  });

  it('gives the same finding the same matches, however often and after whichever others', () => {
    fc.assert(
      fc.property(rules, fc.array(finding, { maxLength: 4 }), finding, (all, others, one) => {
        const compiled = compileRules([packOf(all, { evaluate: 'current' })]);
        const first = compiled.evaluate(one, { now });
        for (const other of others) compiled.evaluate(other, { now });
        expect(compiled.evaluate(structuredClone(one), { now })).toEqual(first);
      }),
    );
  });
});

describe('evaluation of hostile findings', () => {
  const compiled = compileRules([
    packOf([
      ruleOf('text', {
        branches: [branchOf({ asff: { Type: [{ Value: 'a', Comparison: 'CONTAINS' }] } })],
      }),
      ruleOf('keyword', { branches: [branchOf({ asff: { Keyword: [{ Value: 'needle' }] } })] }),
      ruleOf('test', {
        branches: [branchOf({ test: { field: 'ProductFields.a.b', matches: '(a+)+$' } })],
      }),
      ruleOf('glob', { branches: [branchOf({ test: { field: 'Title', glob: '*a*a*a*b' } })] }),
    ]),
  ]);

  function namesIn(raw: Readonly<Record<string, unknown>>): readonly string[] {
    return compiled.evaluate({ ...asffOf(), raw }, { now }).map(({ rule }) => rule.name);
  }

  it('reads documents that are as deep as they are long', () => {
    const deep = JSON.parse(`${'[{"Types":'.repeat(50_000)}"needle"${'}]'.repeat(50_000)}`);
    expect(namesIn({ Types: deep, ProductFields: { a: deep } })).toEqual(['keyword']);
  });

  it('reads lists in lists to where no product goes', () => {
    const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}"a"${']'.repeat(depth)}`);
    expect(namesIn({ Types: nested(16) })).toEqual(['text']);
    expect(namesIn({ Types: nested(100_000) })).toEqual([]);
  });

  it('reads long lists and long texts in time that grows with their length', () => {
    const started = performance.now();
    namesIn({
      Types: Array.from({ length: 100_000 }, () => 'b'),
      Title: 'a'.repeat(1_000_000),
      ProductFields: { a: { b: `${'a'.repeat(100_000)}!` } },
    });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('takes nothing from prototypes', () => {
    const raw = JSON.parse('{"__proto__":{"Types":["a"]},"Title":{"constructor":"x"}}');
    expect(namesIn(raw)).toEqual([]);
  });

  it('passes over what has the wrong type', () => {
    for (const wrong of [null, true, 1, '', [], {}, [null], [[]], { Label: {} }]) {
      const raw = {
        ...{ Types: wrong, Title: wrong, Severity: wrong, Resources: wrong, ProductFields: wrong },
        FindingProviderFields: wrong,
      };
      expect(namesIn(raw)).toEqual([]);
    }
  });
});
