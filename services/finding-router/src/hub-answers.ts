import { UpdateRefusedError } from './errors.ts';
import type { FindingName } from './update-findings.ts';

/** What Security Hub says of one finding, which it calls by its product and id. */
type Answer<T> = readonly [productArn: string | undefined, id: string | undefined, said: T];

/** Errors of single findings that go away by themselves; others stay. */
const passing = new Set([
  'ConcurrentUpdateError',
  'InternalException',
  'InternalServerException',
  'ConflictException',
  'ThrottlingException',
]);

/** What Security Hub says of these findings, by their keys. */
export function byKey<T>(
  findings: readonly FindingName[],
  answers: readonly Answer<T>[],
): ReadonlyMap<string, T> {
  const held = new Map(answers.map(([productArn, id, said]) => [`${productArn} ${id}`, said]));
  return new Map(
    findings.flatMap(({ key, productArn, id }) => {
      const said = held.get(`${productArn} ${id}`);
      return said === undefined ? [] : [[key, said] as const];
    }),
  );
}

/** Why a finding was not updated. */
export function refusalOf(id = '', code = 'unprocessed'): UpdateRefusedError {
  return new UpdateRefusedError(id, code, passing.has(code));
}
