import type { Problem } from '@riposte/rules/folder';
import { everyAttribute, inventoryType } from '../../types/inventory-types.ts';
import type { PlacedRule } from '../folder/load-inventory-rules.ts';
import type { InventoryRule, NamePattern } from '../inventory-rule.ts';
import { coversPattern } from './covers.ts';

const warning = { severity: 'warning' } as const;

/** Parts of a rule that can never match: names that are no paths or are excluded at once, kinds of changes that its other parts rule out. */
export function neverMatching({ rule, problemAt }: PlacedRule): readonly Problem[] {
  return [
    ...rule.include.flatMap((pattern, index) => {
      const reason = whyNever(pattern, rule);
      if (reason === undefined) return [];
      return [problemAt(['include', index], reason.message, { ...warning, ...reason.more })];
    }),
    ...contradictions(rule).map(({ key, message }) => problemAt([key], message, warning)),
  ];
}

interface Reason {
  readonly message: string;
  readonly more?: { readonly suggestion: string };
}

function whyNever(pattern: NamePattern, { type, exclude }: InventoryRule): Reason | undefined {
  if (exclude.some((other) => coversPattern(other, pattern, type)))
    return { message: 'can never match: exclude names all of it' };
  if (type !== 'AWS:File') return undefined;
  const start = 'glob' in pattern ? /^[^*?[{]{0,3}/.exec(pattern.glob)?.[0] : plainStart(pattern);
  if (start === undefined || couldBePath(start)) return undefined;
  return {
    message: 'can never match: a path begins with / or with a drive',
    more: { suggestion: 'glob' in pattern ? `write **/${pattern.glob}` : 'write .* first' },
  };
}

/** Letters that an expression begins with, which no repetition follows. */
function plainStart(pattern: Exclude<NamePattern, { readonly glob: string }>): string | undefined {
  if (!('regex' in pattern) || pattern.regex.includes('|')) return undefined;
  return /^\^?(\w{2})(?![?*+{])/.exec(pattern.regex)?.[1];
}

/** Whether a path can begin like this: `/`, `\`, or a letter that a colon follows. */
function couldBePath(start: string): boolean {
  return start === '' || /^[/\\]/.test(start) || /^[A-Za-z](:|$)/.test(start);
}

function contradictions({
  type,
  policy,
  changes,
  attributes,
}: InventoryRule): readonly { readonly key: string; readonly message: string }[] {
  const isModifiedOnly = changes.length === 1 && changes[0] === 'modified';
  const { identity } = inventoryType(type);
  const found: { readonly key: string; readonly message: string }[] = [];
  if (policy === 'presence' && isModifiedOnly)
    found.push({ key: 'policy', message: 'presence leaves no modified thing to tell of' });
  if (policy === 'growing' && !changes.includes('modified'))
    found.push({
      key: 'policy',
      message: 'growing says nothing about things that are not modified',
    });
  if (attributes !== undefined && !changes.includes('modified'))
    found.push({ key: 'attributes', message: 'only modified things have attributes that differ' });
  if (
    isModifiedOnly &&
    (identity.includes(everyAttribute) || inventoryType(type).compare.length === 0)
  )
    found.push({
      key: 'changes',
      message: `can never match: things of ${type} come and go, none is modified`,
    });
  return found;
}
