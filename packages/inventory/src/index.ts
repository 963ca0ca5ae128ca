export {
  type Compared,
  type Comparison,
  compareSnapshots,
} from './compare/compare-snapshots.ts';
export { differingAttributes, sameEntries } from './compare/content.ts';
export { approvalItem, approvalPrefix, readApprovalItem } from './items/approval-item.ts';
export { ledgerFolder, ledgerKey, ledgerLines, readLedger } from './items/ledger-lines.ts';
export {
  type ItemKey,
  type NodeId,
  nodePartition,
  readTrackedItem,
  trackedItem,
  trackedItemKey,
  trackedPrefix,
} from './items/tracked-item.ts';
export type { Approval } from './model/approval.ts';
export { type Change, type ChangeKind, kindOf } from './model/change.ts';
export type { DetectorMessage } from './model/detector-message.ts';
export type { Entry } from './model/entry.ts';
export {
  formatInventoryKey,
  type InventoryKey,
  parseInventoryKey,
  trackedId,
} from './model/inventory-key.ts';
export type { InventoryType } from './model/inventory-type.ts';
export type { LedgerEntry, Sighting } from './model/ledger-entry.ts';
export type { InventoryRules, RuleQuestion, RuleVerdict } from './model/rule-verdict.ts';
export type { Signal } from './model/signal.ts';
export type { ByteSource, LineProblem, SnapshotFacts } from './model/snapshot.ts';
export type {
  Announcement,
  CoverageProblem,
  LedgerPointer,
  SeenVersion,
  TrackedInventory,
} from './model/tracked-inventory.ts';
export { type CompileOptions, compileInventoryRules } from './rules/compile-inventory-rules.ts';
export { compileNameGlobs } from './rules/compile-names.ts';
export type { InventoryRule, InventoryRuleSet } from './rules/inventory-rule.ts';
export { quickStartRules } from './rules/quick-start.ts';
export { readSnapshot } from './snapshot/read-snapshot.ts';
export { snapshotDigest } from './snapshot/snapshot-digest.ts';
export { inventoryType } from './types/inventory-types.ts';
