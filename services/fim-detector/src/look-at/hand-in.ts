import type { FindingImports } from '../ports.ts';
import type { Due } from './look-at.ts';
import { together } from './together.ts';

const changedAgain = 'Riposte: it has changed again since this finding was resolved.';

/** Hands in what is to be told of several inventories. @returns those that may move: all is accepted. */
export async function handIn(
  due: readonly Due[],
  imports: FindingImports,
  failures: Map<string, unknown>,
): Promise<readonly Due[]> {
  const telling = due.filter(({ move }) => move.findings.length > 0);
  await together(telling, failures, async (some) => {
    await imports.import(some.flatMap(({ move }) => move.findings));
    const reopen = some.flatMap(({ move }) => move.reopen);
    if (reopen.length > 0) await imports.reopen(reopen, changedAgain);
    for (const { names, note } of some.flatMap(({ move }) => move.resolve)) {
      await imports.resolve(names, note);
    }
  });
  return due.filter(({ id }) => !failures.has(id));
}
