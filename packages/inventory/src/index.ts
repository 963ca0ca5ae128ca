export { compareSnapshots } from './compare/compare-snapshots.ts';
export type { Compared, Comparison } from './compare/comparison.ts';
export { differingAttributes, sameEntries } from './compare/content.ts';
export { type BaselineTelling, baselineFinding } from './findings/baseline-finding.ts';
export { type ChangeFindings, changeFindings } from './findings/change-findings.ts';
export { type CoverageTelling, coverageFinding } from './findings/coverage-finding.ts';
export {
  baselineFindingId,
  type CoverageSubject,
  coverageFindingId,
  type InventoryPlace,
  manyFindingId,
  ownFindingId,
} from './findings/finding-ids.ts';
export type { FindingScene } from './findings/finding-scene.ts';
export { approvalItem, approvalPrefix, readApprovalItem } from './items/approval-item.ts';
export { ledgerFolder, ledgerKey, ledgerLines, readLedger } from './items/ledger-lines.ts';
export { problemNames } from './items/shapes.ts';
export {
  type ItemKey,
  type NodeId,
  nodePartition,
  readTrackedItem,
  trackedItem,
  trackedItemKey,
  trackedPrefix,
} from './items/tracked-item.ts';
export { type ApprovalPlace, type Approved, applyApproval } from './ledger/apply-approval.ts';
export { approvalCovers } from './ledger/approval-covers.ts';
export { mostOwnFindings } from './ledger/assign-findings.ts';
export { endExceptions } from './ledger/end-exceptions.ts';
export { foldChanges, type Step } from './ledger/fold-changes.ts';
export { judgeAgain } from './ledger/judge-again.ts';
export type { Judging } from './ledger/judging.ts';
export { type Ledger, ledgerOf } from './ledger/ledger.ts';
export { relocateLedger } from './ledger/relocate-ledger.ts';
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
export { checkInventoryRules } from './rules/check/check-inventory-rules.ts';
export {
  type InventoryRuleTestResult,
  runInventoryRuleTests,
} from './rules/check/run-inventory-rule-tests.ts';
export { type CompileOptions, compileInventoryRules } from './rules/compile-inventory-rules.ts';
export { compileNameGlobs } from './rules/compile-names.ts';
export { inventoryRulesJsonSchema } from './rules/folder/json-schema.ts';
export {
  type LoadedInventoryRules,
  loadInventoryRules,
} from './rules/folder/load-inventory-rules.ts';
export type { InventoryRuleTest } from './rules/folder/read-rule-tests.ts';
export type { InventoryRule, InventoryRuleSet } from './rules/inventory-rule.ts';
export { quickStartRules } from './rules/quick-start.ts';
export { firstCaptureTime, sightingOf } from './signals/captured-at.ts';
export { changeSignals } from './signals/change-signals.ts';
export {
  type Deletions,
  deletionSignals,
  deletionsOf,
  folderOf,
  massDeletion,
} from './signals/deletion-signals.ts';
export {
  newestPackageChange,
  type PackageChange,
  withPackageChange,
} from './signals/package-signal.ts';
export { signalledSeverity } from './signals/signal-severity.ts';
export { readSnapshot } from './snapshot/read-snapshot.ts';
export { snapshotDigest } from './snapshot/snapshot-digest.ts';
export { inventoryType } from './types/inventory-types.ts';
