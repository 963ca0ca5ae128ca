import type { Action } from '../model/action.ts';
import type { Channel } from '../model/channel.ts';
import type { Rule, RulePack } from '../model/rule.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { type DocumentPath, type Problem, pathText } from './problem.ts';
import { placeholder } from './schema/values.ts';
import type { YamlFile } from './yaml-file.ts';

const inChannels = ['topic', 'conversation', 'url', 'apiUrl', 'secret', 'project'] as const;

/** Where they are replaced, and where AWS's own words are kept. */
const allowed = new RegExp(
  `^rules\\[\\d+\\]\\.origin\\.|^channels\\[\\d+\\]\\.(${inChannels.join('|')})$|\\.(queue\\.url|event\\.bus|invoke\\.function)$`,
);

/** Placeholders where nothing replaces them: only addresses differ from deployment to deployment, rules do not. */
export function strayPlaceholders(yaml: YamlFile): readonly Problem[] {
  return textsOf(yaml.value, []).flatMap(({ path, text }) => {
    const found = placeholder.exec(text);
    if (!found || allowed.test(pathText(path))) return [];
    const suggestion =
      'they stand in addresses of channels, in queue.url, event.bus and invoke.function';
    return [yaml.problemAt(path, `${found[0]} is not replaced here`, { suggestion })];
  });
}

function textsOf(
  value: unknown,
  path: DocumentPath,
): readonly { readonly path: DocumentPath; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(item, [...path, index]));
  return Object.entries(value).flatMap(([key, item]) => textsOf(item, [...path, key]));
}

/**
 * A rule set whose `${NAME}` are replaced by the environment's values. Names that the environment lacks, or holds empty, stay; those among them
 * that an enabled rule needs are `missing`. A channel that nobody uses may wait for its address.
 *
 * @example
 * const { ruleSet, missing } = resolvePlaceholders(bundled, process.env);
 */
export function resolvePlaceholders(
  ruleSet: RuleSet,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly ruleSet: RuleSet; readonly missing: readonly string[] } {
  const fill: Fill = (text) =>
    text.replaceAll(
      new RegExp(placeholder, 'g'),
      (written) => environment[nameIn(written)] || written,
    );
  const packs = ruleSet.packs.map((pack) => filledPack(pack, fill));
  const channels = ruleSet.channels.map((channel) => filledChannel(channel, fill));
  const filled = { ...ruleSet, packs, channels };
  return { ruleSet: filled, missing: missingIn(filled) };
}

/**
 * Names of all placeholders in the addresses of a rule set, whoever uses them.
 *
 * @example
 * placeholdersOf(ruleSet); // ['ALERTS_TOPIC_ARN', 'SERVICENOW_URL']
 */
export function placeholdersOf({ packs, channels }: RuleSet): readonly string[] {
  const rules = packs.flatMap((pack) => pack.rules);
  const addresses = [...channels.flatMap(addressesOf), ...actionsOf(rules).flatMap(addressOf)];
  return namesIn(addresses);
}

function actionsOf(rules: readonly Rule[]): readonly Action[] {
  return rules.flatMap(({ branches }) => branches.flatMap((branch) => branch.then));
}

function namesIn(addresses: readonly string[]): readonly string[] {
  const written = addresses.flatMap((text) => text.match(new RegExp(placeholder, 'g')) ?? []);
  return [...new Set(written.map(nameIn))].toSorted();
}

function nameIn(written: string): string {
  return written.slice(2, -1);
}

function missingIn({ packs, channels }: RuleSet): readonly string[] {
  const actions = packs.flatMap(({ rules }) => actionsOf(rules.filter(({ enabled }) => enabled)));
  const used = channelsInUse(actions, channels);
  return namesIn([
    ...channels.filter(({ name }) => used.has(name)).flatMap(addressesOf),
    ...actions.flatMap(addressOf),
  ]);
}

/** Channels that actions name, and those to which they and their channels escalate. */
function channelsInUse(
  actions: readonly Action[],
  channels: readonly Channel[],
): ReadonlySet<string> {
  const used = new Set<string>();
  const open = actions.flatMap((action) => {
    if ('ticket' in action) return [action.ticket.channel];
    if (!('notify' in action)) return [];
    return [action.notify.channel, ...(action.notify.escalate ?? []).map(({ channel }) => channel)];
  });
  for (const name of open) {
    if (used.has(name)) continue;
    used.add(name);
    const escalate = channels.find((channel) => channel.name === name)?.escalate ?? [];
    open.push(...escalate.map(({ channel }) => channel));
  }
  return used;
}

function addressesOf(channel: Channel): readonly string[] {
  return Object.entries(channel).flatMap(([key, value]) =>
    typeof value === 'string' && isAddress(key) ? [value] : [],
  );
}

function addressOf(action: Action): readonly string[] {
  if ('queue' in action) return [action.queue.url];
  if ('event' in action) return [action.event.bus];
  return 'invoke' in action ? [action.invoke.function] : [];
}

function isAddress(key: string): boolean {
  return inChannels.some((name) => name === key);
}

type Fill = (text: string) => string;

function filledChannel(channel: Channel, fill: Fill): Channel {
  const members = Object.entries(channel).map(([key, value]) => [
    key,
    typeof value === 'string' && isAddress(key) ? fill(value) : value,
  ]);
  return { ...channel, ...Object.fromEntries(members) };
}

function filledPack(pack: RulePack, fill: Fill): RulePack {
  return { ...pack, rules: pack.rules.map((rule) => filledRule(rule, fill)) };
}

function filledRule(rule: Rule, fill: Fill): Rule {
  const [first, ...others] = rule.branches;
  const filled = (branch: typeof first) => ({
    ...branch,
    then: branch.then.map((action) => filledAction(action, fill)),
  });
  return { ...rule, branches: [filled(first), ...others.map(filled)] };
}

function filledAction(action: Action, fill: Fill): Action {
  if ('queue' in action) return { queue: { url: fill(action.queue.url) } };
  if ('event' in action) return { event: { ...action.event, bus: fill(action.event.bus) } };
  if ('invoke' in action) return { invoke: { function: fill(action.invoke.function) } };
  return action;
}
