import { differingAttributes } from '../compare/content.ts';
import { kindOf } from '../model/change.ts';
import type { InventoryKey } from '../model/inventory-key.ts';
import type { InventoryType } from '../model/inventory-type.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { InventoryRules } from '../model/rule-verdict.ts';
import type { Signal } from '../model/signal.ts';
import { changedWithPackages, type PackageChange } from '../signals/package-signal.ts';
import { signalledSeverity } from '../signals/signal-severity.ts';

/** What entries of an inventory's ledger are judged by. */
export interface Judging {
  readonly bucket: string;
  readonly key: InventoryKey;
  readonly type: InventoryType;
  readonly rules: InventoryRules;
  /** The node's; absent: not known. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly packageChanges: readonly PackageChange[];
}

/**
 * An entry as rules see it now: with the rule that names it, and how bad it is. Which finding speaks of it is left as it was; of what no
 * rule names, none does. Packages that changed in the same time stay remembered as long as it differs.
 *
 * @returns the entry itself where nothing about it is new.
 */
export function judged(entry: LedgerEntry, judging: Judging): LedgerEntry {
  const { rule: _rule, severity: _severity, window: _window, findingId, ...rest } = entry;
  const signals = signalsOf(entry, judging);
  const verdict = verdictOn({ ...entry, signals }, judging);
  const next: LedgerEntry = {
    ...rest,
    signals,
    ...(verdict && {
      rule: verdict.rule,
      severity: signalledSeverity(verdict.severity, signals),
      ...(verdict.window !== undefined && { window: verdict.window }),
      ...(findingId !== undefined && { findingId }),
    }),
  };
  const isSame =
    next.rule === entry.rule &&
    next.severity === entry.severity &&
    next.findingId === entry.findingId &&
    next.window === entry.window &&
    signals.length === entry.signals.length;
  return isSame ? entry : next;
}

function signalsOf(entry: LedgerEntry, { packageChanges }: Judging): readonly Signal[] {
  if (!changedWithPackages(entry, packageChanges)) return entry.signals;
  return allSignals(entry.signals, ['package-updated']);
}

/** Signals together, each once, in alphabetical order. */
export function allSignals(...lists: readonly (readonly Signal[])[]): readonly Signal[] {
  return [...new Set(lists.flat())].sort();
}

function verdictOn(entry: LedgerEntry, { key, type, rules, tags }: Judging) {
  const { name, before, after, signals, since, last } = entry;
  return rules.ask({
    ...{ key, name, before, after, signals },
    ...(tags && { tags }),
    kind: kindOf(entry),
    attributes: differingAttributes(type, before, after),
    from: since.from.at,
    to: last.at,
  });
}
