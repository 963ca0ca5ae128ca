import type { Problem } from '@riposte/rules/folder';
import type { PlacedRule } from '../folder/load-inventory-rules.ts';
import type { InventoryRule } from '../inventory-rule.ts';
import { coversAll } from './covers.ts';

/** Rules that an earlier one leaves nothing to, as far as that can be told. */
export function shadowed(placed: readonly PlacedRule[], now: Date): readonly Problem[] {
  const lasting = placed.filter(({ rule }) => !hasExpired(rule, now));
  return lasting.flatMap(({ rule, problemAt }, index) => {
    const earlier = lasting.slice(0, index).find((other) => leavesNothing(other.rule, rule));
    if (!earlier) return [];
    const does = earlier.rule.policy === 'ignore' ? 'ignores' : 'names';
    const message = `can never match: ${earlier.rule.id}, which comes first, ${does} all of it`;
    return [problemAt([], message, { severity: 'warning' })];
  });
}

function hasExpired({ expires }: InventoryRule, now: Date): boolean {
  return expires !== undefined && Date.parse(expires) <= now.getTime();
}

function leavesNothing(first: InventoryRule, later: InventoryRule): boolean {
  return (
    first.type === later.type &&
    lastsAsLong(first.expires, later.expires) &&
    later.changes.every((kind) => first.changes.includes(kind)) &&
    isWithin(first.attributes, later.attributes) &&
    isWithin(first.nodes, later.nodes) &&
    isWithin(first.accounts, later.accounts) &&
    isWithin(first.regions, later.regions) &&
    // Where tags are not known, later rules are asked too.
    first.tags === undefined &&
    coversAll(later.exclude, first.exclude, first.type) &&
    coversAll(first.include, later.include, first.type)
  );
}

function lastsAsLong(first: string | undefined, later: string | undefined): boolean {
  if (first === undefined) return true;
  return later !== undefined && Date.parse(first) >= Date.parse(later);
}

/** Absent: everything. */
function isWithin(
  wide: readonly string[] | undefined,
  narrow: readonly string[] | undefined,
): boolean {
  if (wide === undefined) return true;
  return narrow?.every((item) => wide.includes(item)) ?? false;
}
