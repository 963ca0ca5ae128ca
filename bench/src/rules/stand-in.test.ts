import { describe, expect, it } from '@jest/globals';
import { parseAsffFinding, parseOcsfFinding } from '@riposte/findings';
import { type Condition, compileRules } from '@riposte/rules';
import fc from 'fast-check';
import { matchesAsff } from '../../../packages/local-stage/src/security-hub/asff-filters.ts';
import { matchesOcsf } from '../../../packages/local-stage/src/security-hub/ocsf-filters.ts';
import {
  asffCriteria,
  asffDocument,
  now,
  ocsfCriteria,
  ocsfDocument,
  packOf,
} from './arbitraries.ts';

function isMatched(when: Condition, finding: ReturnType<typeof parseAsffFinding>): boolean {
  // The stand-in asks about the document as it is given, which is what the basis `current` reads.
  const pack = packOf([when], { evaluate: 'current' });
  return compileRules([pack]).evaluate(finding, { now }).length > 0;
}

describe('compileRules, beside the stand-in of Security Hub', () => {
  it('matches criteria of automation rules alike', () => {
    fc.assert(
      fc.property(asffCriteria, asffDocument, (asff, document) => {
        const ours = isMatched({ asff }, parseAsffFinding(document));
        expect(ours).toBe(matchesAsff(document, asff, now));
      }),
      { numRuns: 2000 },
    );
  });

  it('matches criteria of automation rules V2 alike', () => {
    fc.assert(
      fc.property(ocsfCriteria, ocsfDocument, (ocsf, document) => {
        const ours = isMatched({ ocsf }, parseOcsfFinding(document));
        expect(ours).toBe(matchesOcsf(document, ocsf, now));
      }),
      { numRuns: 2000 },
    );
  });
});
