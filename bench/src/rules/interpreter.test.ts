import { describe, expect, it } from '@jest/globals';
import { compileRules } from '@riposte/rules';
import fc from 'fast-check';
import { context, finding, now, packs } from './arbitraries.ts';
import { interpretRules } from './interpreter.ts';

const named = (matches: ReturnType<ReturnType<typeof interpretRules>>) =>
  matches.map(({ rule, branchIndex }) => `${rule.id} ${branchIndex}`);

describe('compileRules, beside the interpreter', () => {
  it('matches any rules on any findings alike, those of hostile values too', () => {
    fc.assert(
      fc.property(
        packs,
        fc.array(finding, { minLength: 1, maxLength: 4 }),
        context,
        (some, all, known) => {
          const compiled = compileRules(some);
          const interpret = interpretRules(some);
          for (const one of all) {
            const moment = { now, context: known };
            expect(named(compiled.evaluate(one, moment))).toEqual(named(interpret(one, moment)));
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
