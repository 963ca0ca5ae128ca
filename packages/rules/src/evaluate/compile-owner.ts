import type { OneOrMore, OwnerTest } from '../model/condition.ts';
import { type OwnerField, ownerFields } from '../ownership/owner-fields.ts';
import type { Vocabulary } from './compile-filters.ts';
import { listOf } from './compile-test.ts';
import { all, literal, type Node } from './node.ts';
import { truth, truthOf } from './slot.ts';

/** What is known of who owns the resources. What could not be read, or was not looked for, is unknown. */
export function compileOwner(vocabulary: Vocabulary, test: OwnerTest): Node {
  return all(
    ownerFields.flatMap((name) => {
      const wanted = test[name];
      return wanted === undefined ? [] : [ownerField(vocabulary, name, wanted)];
    }),
  );
}

function ownerField({ fields, atoms }: Vocabulary, name: OwnerField, wanted: OneOrMore): Node {
  const slot = fields.owner(name);
  const stated = atoms.oneOf(slot, listOf(wanted));
  return literal(
    atoms.custom(slot, `owner ${JSON.stringify(wanted)}`, {
      cost: 1,
      anchor: stated.anchor,
      test: (source) => {
        const isKnown = source.context !== undefined && !source.context.unknown?.includes(name);
        return isKnown ? truthOf(stated, source) : truth.unknown;
      },
    }),
  );
}
