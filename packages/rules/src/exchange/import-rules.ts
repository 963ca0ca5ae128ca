import type * as z from 'zod';
import { type GivenRule, givenRules, type RuleService } from './given-rules.ts';
import { type ImportedActions, v1Then, v2Then } from './imported-actions.ts';
import {
  fittingDescription,
  type ImportedPack,
  packText,
  type RuleForFile,
  uniqueName,
} from './pack-text.ts';
import { type V1Rule, v1Rule } from './v1-shapes.ts';
import { type V2Rule, v2Rule } from './v2-shapes.ts';

/** How the pack is called. */
export interface ImportOptions {
  readonly pack?: string;
}

/**
 * Makes a pack of Security Hub CSPM's automation rules among those that an API or a template gives: see `givenRules`. Rules stand in the order in
 * which AWS applies them, so that those of one order keep their ties (the one updated first comes first). What a rule file cannot say is kept in
 * `origin`, so that `exportRules` gives the same rules back.
 *
 * @example
 * const { text, notes } = importV1Rules(await hub.batchGetAutomationRules({ AutomationRulesArns }));
 */
export function importV1Rules(rules: unknown, options: ImportOptions = {}): ImportedPack {
  return importRules(rules, options.pack ?? 'security-hub-cspm', {
    service: 'v1',
    schema: v1Rule,
    description: 'Automation rules of Security Hub CSPM.',
    when: ({ Criteria }) => ({ asff: withoutEmpty(Criteria) }),
    then: v1Then,
  });
}

/**
 * Makes a pack of Security Hub's automation rules (V2): see `importV1Rules`.
 *
 * @example
 * const { text, notes } = importV2Rules(rules, { pack: 'security-hub' });
 */
export function importV2Rules(rules: unknown, options: ImportOptions = {}): ImportedPack {
  return importRules(rules, options.pack ?? 'security-hub', {
    service: 'v2',
    schema: v2Rule,
    description: 'Automation rules of Security Hub.',
    when: ({ Criteria }) => ({ ocsf: Criteria.OcsfFindingCriteria }),
    then: v2Then,
  });
}

interface Kind<TRule> {
  readonly service: RuleService;
  readonly schema: z.ZodType<TRule>;
  readonly description: string;
  readonly when: (rule: TRule) => Readonly<Record<string, unknown>>;
  readonly then: (actions: unknown) => ImportedActions;
}

type AnyRule = Pick<V1Rule, 'IsTerminal' | 'CreatedBy'> & Omit<V2Rule, 'Criteria' | 'Actions'>;

function importRules<TRule extends AnyRule & { readonly Actions: readonly unknown[] }>(
  input: unknown,
  pack: string,
  kind: Kind<TRule>,
): ImportedPack {
  const notes: string[] = [];
  const own = givenRules(input).filter(({ service = kind.service }) => service === kind.service);
  const read = own.flatMap((given, index) => {
    const result = kind.schema.safeParse(given.rule);
    if (result.success) return [{ given, rule: result.data }];
    const { path, message } = result.error.issues[0] ?? { path: [], message: 'cannot be read' };
    const name = given.logicalId ?? `rule ${index + 1}`;
    notes.push(`${name} is not imported: ${path.map(String).join('.') || 'it'}: ${message}`);
    return [];
  });
  const sorted = read.toSorted(
    (a, b) =>
      a.rule.RuleOrder - b.rule.RuleOrder ||
      Date.parse(a.rule.UpdatedAt ?? '') - Date.parse(b.rule.UpdatedAt ?? '') ||
      0,
  );
  const taken = new Set<string>();
  const files = sorted.map(({ given, rule }) => ruleForFile(given, rule, kind, taken, notes));
  return packText(pack, kind.description, files, notes);
}

function ruleForFile<TRule extends AnyRule & { readonly Actions: readonly unknown[] }>(
  { logicalId }: GivenRule,
  rule: TRule,
  kind: Kind<TRule>,
  taken: Set<string>,
  notes: string[],
): RuleForFile {
  const name = uniqueName(rule.RuleName, taken);
  taken.add(name);
  const description = fittingDescription(rule.Description);
  const { then, notes: changed, complete } = kind.then(rule.Actions);
  notes.push(...changed.map((note) => `${name}: ${note}`));
  if (name !== rule.RuleName) notes.push(`${rule.RuleName} is called ${name} here`);
  const origin = {
    service: kind.service,
    ...(name === rule.RuleName ? {} : { name: rule.RuleName }),
    ...(description === rule.Description ? {} : { description: rule.Description }),
    ...(complete ? {} : { actions: rule.Actions }),
  };
  return {
    comment: commentOf(rule, logicalId),
    entry: {
      name,
      ...(description === undefined ? {} : { description }),
      order: rule.RuleOrder,
      ...(rule.RuleStatus === 'DISABLED' ? { enabled: false } : {}),
      ...(rule.IsTerminal === true ? { terminal: true } : {}),
      when: kind.when(rule),
      then,
      ...(Object.keys(origin).length > 1 ? { origin } : {}),
    },
  };
}

function commentOf(rule: AnyRule, logicalId: string | undefined): readonly string[] {
  const { RuleArn, CreatedAt, CreatedBy, UpdatedAt } = rule;
  const by = CreatedBy === undefined ? '' : ` by ${CreatedBy}`;
  const times = [
    ...(CreatedAt === undefined ? [] : [`created ${CreatedAt}${by}`]),
    ...(UpdatedAt === undefined ? [] : [`updated ${UpdatedAt}`]),
  ];
  return [
    ...(logicalId === undefined ? [] : [`resource ${logicalId}`]),
    ...(RuleArn === undefined ? [] : [RuleArn]),
    ...(times.length === 0 ? [] : [times.join(', ')]),
  ];
}

/** A field without filters asks for nothing. */
function withoutEmpty(criteria: V1Rule['Criteria']): V1Rule['Criteria'] {
  return Object.fromEntries(Object.entries(criteria).filter(([, filters]) => filters.length > 0));
}
