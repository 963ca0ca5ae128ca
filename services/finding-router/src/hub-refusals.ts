import { UpdateRefusedError } from './errors.ts';
import type { FindingName } from './update-findings.ts';

/** Errors of single findings that go away by themselves; others stay. */
const passing = new Set([
  'ConcurrentUpdateError',
  'InternalException',
  'InternalServerException',
  'ConflictException',
  'ThrottlingException',
]);

/** What Security Hub refused, by the findings' keys. `refused` is by product and id. */
export function refusals(
  findings: readonly FindingName[],
  refused: ReadonlyMap<string, string>,
  nameOf: (finding: FindingName) => string,
): ReadonlyMap<string, UpdateRefusedError> {
  return new Map(
    findings.flatMap((finding) => {
      const code = refused.get(nameOf(finding));
      if (code === undefined) return [];
      return [[finding.key, new UpdateRefusedError(finding.id, code, passing.has(code))] as const];
    }),
  );
}
