export { checkRuleSet } from './check/check-rule-set.ts';
export { type RuleTestResult, runRuleTests } from './check/run-rule-tests.ts';
export type {
  CveContext,
  CveFacts,
  EpssEntry,
  FeedName,
  FeedStanding,
  KevEntry,
} from './enrich/cve-facts.ts';
export { cveIdsOf, isCveId } from './enrich/cve-ids.ts';
export {
  type EnrichedFinding,
  enrichedFinding,
  type FoundOut,
  sourcesOf,
  wishOf,
} from './enrich/enriched-finding.ts';
export {
  type EnrichmentFacts,
  enrichmentUpdate,
  type HistoryReading,
} from './enrich/enrichment-update.ts';
export { type HistoryEntry, historyKey, nextEntry } from './enrich/history-entry.ts';
export { historyItemKey, readHistoryItem } from './enrich/history-item.ts';
export type { RiskScore } from './enrich/risk-score.ts';
export { InvalidConditionError, InvalidRuleError, RulesError, WrongRulesError } from './errors.ts';
export { applyUpdate } from './evaluate/apply-update.ts';
export { type AsffField, type AsffFieldKind, asffFields } from './evaluate/asff-fields.ts';
export { type CompiledRules, compileRules } from './evaluate/compile-rules.ts';
export { fieldsNotTaken } from './evaluate/fields-not-taken.ts';
export { mergedUpdate, together, updateOf } from './evaluate/merged-update.ts';
export { ocsfSeverities, ocsfStatuses } from './evaluate/ocsf-values.ts';
export type { EvaluationMoment, RuleMatch } from './evaluate/rule-match.ts';
export { type ExportedPack, type ExportedRule, exportRules } from './exchange/export-rules.ts';
export { givenRules, type RuleService } from './exchange/given-rules.ts';
export { type ImportOptions, importV1Rules, importV2Rules } from './exchange/import-rules.ts';
export type { ImportedPack } from './exchange/pack-text.ts';
export type { RuleFile } from './folder/folder-files.ts';
export { type RuleSchemas, rulesJsonSchema } from './folder/json-schema.ts';
export { type LoadedRules, loadRuleFolder } from './folder/load-rule-folder.ts';
export { placeholdersOf, resolvePlaceholders } from './folder/placeholders.ts';
export { type Problem, problemText } from './folder/problem.ts';
export type { RuleExpectation, RuleTest } from './folder/read-tests.ts';
export { type OcsfKind, ocsfFields } from './folder/schema/ocsf-fields.ts';
export type {
  Action,
  ChangeKind,
  Enrich,
  Escalation,
  FindingUpdate,
  Grouping,
  Notify,
  SeverityLabel,
  Ticket,
  WorkflowStatus,
} from './model/action.ts';
export type {
  Channel,
  ChannelType,
  Inhibition,
  Matcher,
  OwnershipEntry,
  TimeInterval,
} from './model/channel.ts';
export type {
  AsffCriteria,
  AsffFilter,
  BooleanFilter,
  CompositeFilter,
  Condition,
  DateFilter,
  FieldTest,
  IpFilter,
  KeywordFilter,
  MapFilter,
  NumberFilter,
  OcsfCriteria,
  OcsfFilter,
  OneOrMore,
  OwnerTest,
  StringComparison,
  StringFilter,
} from './model/condition.ts';
export type { FindingLabel } from './model/finding-label.ts';
export type { Branch, EvaluationBasis, Rule, RuleOrigin, RulePack } from './model/rule.ts';
export type { ResourceContext, RuleSet } from './model/rule-set.ts';
export { severityRank, worseSeverity } from './model/severity-rank.ts';
export {
  type AskedOthers,
  compileOwnership,
  type Owners,
  type OwnersOf,
} from './ownership/compile-ownership.ts';
export type { OwnerContext } from './ownership/owner-context.ts';
export { type OwnerField, ownerFields } from './ownership/owner-fields.ts';
