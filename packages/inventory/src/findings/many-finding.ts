import { type AsffFinding, asffLimits, buildAsffFinding, type Severity } from '@riposte/findings';
import { type ChangeKind, kindOf } from '../model/change.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import { shownName, signalSentence } from './change-words.ts';
import { fieldsOf, nodeResource, placeOf } from './finding-place.ts';
import type { FindingScene } from './finding-scene.ts';
import { generatorOf, sceneFields, sourceOf, typesOf } from './own-finding.ts';

const severities: readonly Severity[] = ['informational', 'low', 'medium', 'high', 'critical'];

/** So many product fields list names, and each so many characters: what does not fit is in the ledger. */
const listFields = 30;
const listLength = asffLimits.productFieldValue - 48;

/**
 * The finding about many things that came under one rule at once.
 *
 * @param members those that differ still; of one that is over, those that did.
 */
export function manyFinding(
  members: readonly [LedgerEntry, ...LedgerEntry[]],
  scene: FindingScene,
  recordState: 'ACTIVE' | 'ARCHIVED',
): AsffFinding {
  const { key } = scene.place;
  const [first] = members;
  const counts = countsOf(members);
  const signals = [...new Set(members.flatMap((entry) => entry.signals))].sort();
  const names = members.slice(0, 3).map(({ name }) => shownName(name, 120));
  const { from, to } = first.since;
  return buildAsffFinding({
    id: first.findingId ?? '',
    generatorId: generatorOf(first),
    ...placeOf(key),
    title: `${members.length} changes at once on ${key.node}: ${counts}`,
    description: [
      ...(recordState === 'ARCHIVED' ? [`Over: ${scene.ending}.`] : []),
      `${key.type} on ${key.node}: ${counts} between ${from.at} and ${to.at}, among them ${names.join(', ')}.`,
      ...(signals.length > 0 ? [`Noticed: ${signalSentence(signals)}.`] : []),
    ].join(' '),
    types: typesOf(signals),
    severity: members.map(({ severity }) => severity ?? 'informational').reduce(worse),
    createdAt: members.map(({ openedAt }) => openedAt).reduce(earlier),
    updatedAt: scene.updatedAt,
    firstObservedAt: members.map(({ since }) => since.to.at).reduce(earlier),
    lastObservedAt: members.map(({ last }) => last.at).reduce(later),
    resources: [nodeResource(key, scene.tags)],
    productFields: {
      ...fieldsOf({
        rule: first.rule,
        count: members.length,
        ...{ 'since/from': from.at, 'since/from-version': from.versionId },
        ...{ 'since/to': to.at, 'since/to-version': to.versionId },
        signals: signals.join(', ') || undefined,
      }),
      ...sceneFields(scene),
      ...listOf(members),
    },
    remediation: {
      text: `See what differs: riposte fim diff ${key.node}. If it is meant to be so: riposte fim approve ${key.node} --reason WHY.`,
    },
    ...sourceOf(scene),
    recordState,
  });
}

const earlier = (one: string, other: string) => (one < other ? one : other);
const later = (one: string, other: string) => (one > other ? one : other);
const worse = (one: Severity, other: Severity) =>
  severities.indexOf(one) > severities.indexOf(other) ? one : other;

/** `12 created, 3 deleted`. */
function countsOf(members: readonly LedgerEntry[]): string {
  const kinds: readonly ChangeKind[] = ['created', 'modified', 'deleted'];
  return kinds
    .map((kind) => [kind, members.filter((entry) => kindOf(entry) === kind).length] as const)
    .flatMap(([kind, count]) => (count > 0 ? [`${count} ${kind}`] : []))
    .join(', ');
}

const signs: Readonly<Record<ChangeKind, string>> = { created: '+', modified: '~', deleted: '-' };

/** Names, with a sign for what became of each, as many as fit; the last field says how many do not. */
function listOf(members: readonly LedgerEntry[]): Record<string, string> {
  const lists: string[] = [];
  let shown = 0;
  for (const entry of members) {
    const line = `${signs[kindOf(entry)]} ${shownName(entry.name, 400)}`;
    const list = lists.at(-1);
    if (list !== undefined && list.length + line.length < listLength)
      lists[lists.length - 1] = `${list}\n${line}`;
    else if (lists.length < listFields) lists.push(line);
    else break;
    shown += 1;
  }
  const rest = members.length - shown;
  const numbered = lists.map((list, at) => [`names/${String(at + 1).padStart(2, '0')}`, list]);
  return fieldsOf({
    ...Object.fromEntries(numbered),
    'names/left-out': rest > 0 ? `${rest} more: the ledger names all` : undefined,
  });
}
