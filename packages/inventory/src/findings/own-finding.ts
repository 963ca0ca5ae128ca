import { type AsffFinding, buildAsffFinding, digest } from '@riposte/findings';
import { differingAttributes } from '../compare/content.ts';
import { kindOf } from '../model/change.ts';
import { formatInventoryKey } from '../model/inventory-key.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import { attributeWords, kindWords, shownName, signalSentence } from './change-words.ts';
import { fieldsOf, nodeResource, objectUrl, placeOf } from './finding-place.ts';
import type { FindingScene } from './finding-scene.ts';

/** Names that may stand in a command as they are. */
const plainName = /^[\w./:\\ @+=-]{1,200}$/;

/** The finding about one thing that differs, or differed, from its approved state. */
export function ownFinding(
  entry: LedgerEntry,
  scene: FindingScene,
  recordState: 'ACTIVE' | 'ARCHIVED',
): AsffFinding {
  const { place, type, updatedAt, tags } = scene;
  const { key } = place;
  const name = shownName(entry.name);
  const isOver = recordState === 'ARCHIVED';
  return buildAsffFinding({
    id: entry.findingId ?? '',
    generatorId: generatorOf(entry),
    ...placeOf(key),
    title: `${kindOf(entry) === 'modified' ? 'Changed' : capital(kindOf(entry))}: ${shownName(entry.name, 200)} on ${key.node}`,
    description: [
      ...(isOver ? [`Over: ${scene.ending}.`] : []),
      `${key.type}: ${name} on ${key.node} was ${kindWords(entry)} between ${entry.since.from.at} and ${entry.since.to.at}`,
      `(${attributeWords(type, entry).join('; ') || 'nothing that is compared'}).`,
      ...(entry.changes > 1
        ? [`It has changed ${entry.changes} times, last in the inventory of ${entry.last.at}.`]
        : []),
      ...(entry.signals.length > 0 ? [`Noticed: ${signalSentence(entry.signals)}.`] : []),
      ...(entry.moved !== undefined
        ? [`Perhaps renamed: ${shownName(entry.moved, 120)} has its size and time.`]
        : []),
    ].join(' '),
    types: typesOf(entry.signals),
    severity: entry.severity ?? 'informational',
    createdAt: entry.openedAt,
    updatedAt,
    firstObservedAt: entry.since.to.at,
    lastObservedAt: entry.last.at,
    resources: [nodeResource(key, tags)],
    productFields: { ...ownFields(entry, scene), ...sceneFields(scene) },
    remediation: { text: remedyOf(entry, key.node) },
    ...sourceOf(scene),
    recordState,
  });
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The check that found it: its rule. */
export function generatorOf({ rule }: Pick<LedgerEntry, 'rule'>): string {
  return `riposte/fim-detector/${shownName(rule ?? 'none', 400)}`;
}

/** Types by what was noticed: an altered file under its old time is hidden on purpose. */
export function typesOf(signals: LedgerEntry['signals']): readonly string[] {
  return [
    'Unusual Behaviors/VM',
    ...(signals.includes('size-changed-time-kept') ? ['TTPs/Defense Evasion'] : []),
    ...(signals.some((signal) => signal === 'mass-deletion' || signal === 'folder-gone')
      ? ['Effects/Data Destruction']
      : []),
  ];
}

function ownFields(entry: LedgerEntry, { type, place }: FindingScene): Record<string, string> {
  const { before, after, since, last } = entry;
  const attributes = differingAttributes(type, before, after);
  const [old, now] = [before, after].map((entries) =>
    JSON.stringify(entries.map((one) => one.attributes)),
  );
  return fieldsOf({
    ...{ name: entry.name, change: kindOf(entry), rule: entry.rule },
    attributes: attributes.join(', ') || undefined,
    ...{ before: old, after: now, changes: entry.changes },
    ...{ 'since/from': since.from.at, 'since/from-version': since.from.versionId },
    ...{ 'since/to': since.to.at, 'since/to-version': since.to.versionId },
    ...{ 'last/at': last.at, 'last/version': last.versionId },
    signals: entry.signals.join(', ') || undefined,
    moved: entry.moved,
    window: entry.window,
    unreadable: entry.unreadable && 'the line seen last cannot be read',
    // The same on every node on which the same was done to the same: what a bad deployment's findings are grouped by.
    'same-change': digest(place.key.type, entry.identity, old, now),
  });
}

/** Where everything can be read up. */
export function sceneFields({ place, versionId, ledger }: FindingScene): Record<string, string> {
  return fieldsOf({
    ...{ node: place.key.node, type: place.key.type },
    ...{ 'inventory/bucket': place.bucket, 'inventory/key': formatInventoryKey(place.key) },
    'inventory/version': versionId,
    ...(ledger && {
      ...{ 'ledger/key': ledger.key, 'ledger/sha256': ledger.sha256 },
      'ledger/entries': ledger.entries,
    }),
  });
}

/** The ledger as the console shows it, or where nothing differs any more, the inventory. */
export function sourceOf({ place, versionId, ledger, evidenceBucket }: FindingScene) {
  const { region } = place.key;
  if (ledger) return objectUrl(region, { bucket: evidenceBucket, key: ledger.key });
  return objectUrl(region, { bucket: place.bucket, key: formatInventoryKey(place.key), versionId });
}

function remedyOf({ name }: LedgerEntry, node: string): string {
  const named = plainName.test(name) ? `"${name}"` : 'NAME';
  return `See what differs: riposte fim diff ${node}. If it is meant to be so: riposte fim approve ${node} ${named} --reason WHY.`;
}
