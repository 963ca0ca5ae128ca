import { Document, isMap, isSeq } from 'yaml';
import { loadRuleFolder } from '../folder/load-rule-folder.ts';
import type { Problem } from '../folder/problem.ts';

/** A pack that was made of rules of Security Hub. */
export interface ImportedPack {
  /** A `*.rules.yaml`. */
  readonly text: string;
  /** How many rules it holds. */
  readonly rules: number;
  /** What was changed or left out, a line each, with the rule's name. */
  readonly notes: readonly string[];
  /** What `loadRuleFolder` has against it: rules that AWS takes although they can never match, for example. */
  readonly problems: readonly Problem[];
}

/** A rule for a file, with what is said above it. */
export interface RuleForFile {
  readonly entry: Readonly<Record<string, unknown>>;
  /** Lines; control characters are left out. */
  readonly comment: readonly string[];
}

/** Writes a pack. */
export function packText(
  pack: string,
  description: string,
  rules: readonly RuleForFile[],
  notes: readonly string[],
): ImportedPack {
  const entries = rules.map(({ entry }) => entry);
  const document = new Document({ pack, description, rules: entries });
  document.commentBefore = ' yaml-language-server: $schema=./schemas/rules.schema.json';
  const list = document.get('rules');
  if (isSeq(list))
    for (const [index, item] of list.items.entries())
      if (isMap(item)) item.commentBefore = commentOf(rules[index]?.comment ?? []);
  const text = document.toString({ lineWidth: 0 });
  const { problems } = loadRuleFolder([{ path: `${pack}.rules.yaml`, text }]);
  return { text, rules: rules.length, notes, problems };
}

function commentOf(lines: readonly string[]): string {
  return lines.map((line) => ` ${line.replaceAll(/\p{Cc}/gu, ' ')}`).join('\n');
}

const longestName = 256;
const longestDescription = 1024;

/** A name that fits a rule file, and that no rule before has. */
export function uniqueName(given: string, taken: ReadonlySet<string>): string {
  const line = given.replaceAll(/\p{Cc}/gu, ' ').trim() || 'unnamed';
  const base = line.slice(0, longestName - 6);
  const name = line.length <= longestName ? line : base;
  if (!taken.has(name)) return name;
  for (let count = 2; ; count += 1)
    if (!taken.has(`${base} (${count})`)) return `${base} (${count})`;
}

/** A description that fits a rule file; none where there is nothing to say. */
export function fittingDescription(given: string | undefined): string | undefined {
  return given === undefined || given === '' ? undefined : given.slice(0, longestDescription);
}
