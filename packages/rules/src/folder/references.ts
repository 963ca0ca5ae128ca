import type { Action, Escalation, Grouping } from '../model/action.ts';
import type { Channel } from '../model/channel.ts';
import { findingLabels } from '../model/finding-label.ts';
import type { DocumentPath, Problem } from './problem.ts';
import { actionsOf, type ReadPack } from './read-pack.ts';
import type { ChannelsFile } from './schema/files.ts';
import { suggest } from './suggest.ts';
import type { YamlFile } from './yaml-file.ts';

/** What names in rules and channels may refer to. */
export interface Names {
  readonly channels: ReadonlyMap<string, Channel>;
  readonly timeIntervals: ReadonlySet<string>;
}

const ticketTypes: ReadonlySet<Channel['type']> = new Set(['jira', 'servicenow']);

interface Place {
  readonly yaml: YamlFile;
  readonly path: DocumentPath;
}

/** Names in a pack that refer to nothing, or to something of another kind. */
export function packReferences({ pack, yaml }: ReadPack, names: Names): readonly Problem[] {
  return actionsOf(pack).flatMap(({ action, path }) =>
    actionReferences(action, { yaml, path }, names),
  );
}

function actionReferences(action: Action, place: Place, names: Names): readonly Problem[] {
  if ('notify' in action) {
    const at = inside(place, 'notify');
    return [
      ...channelProblems(action.notify.channel, 'notify', inside(at, 'channel'), names),
      ...tellingProblems(action.notify, at, names),
    ];
  }
  if ('ticket' in action) {
    const at = inside(place, 'ticket');
    return [
      ...channelProblems(action.ticket.channel, 'ticket', inside(at, 'channel'), names),
      ...labelProblems(action.ticket.by ?? [], inside(at, 'by')),
    ];
  }
  return [];
}

/** Names in channels that refer to nothing. */
export function channelReferences(
  file: ChannelsFile,
  yaml: YamlFile,
  names: Names,
): readonly Problem[] {
  return file.channels.flatMap((channel, index) =>
    tellingProblems(channel, { yaml, path: ['channels', index] }, names),
  );
}

/** What a rule's `notify` and a channel both say. */
interface Telling {
  readonly group?: Grouping;
  readonly mute?: readonly string[];
  readonly active?: readonly string[];
  readonly escalate?: readonly Escalation[];
}

function tellingProblems(telling: Telling, place: Place, names: Names): readonly Problem[] {
  return [
    ...labelProblems(telling.group?.by ?? [], inside(place, 'group', 'by')),
    ...intervalProblems(telling.mute ?? [], inside(place, 'mute'), names),
    ...intervalProblems(telling.active ?? [], inside(place, 'active'), names),
    ...(telling.escalate ?? []).flatMap(({ channel }, index) =>
      channelProblems(channel, 'notify', inside(place, 'escalate', index, 'channel'), names),
    ),
  ];
}

function channelProblems(
  name: string,
  use: 'notify' | 'ticket',
  { yaml, path }: Place,
  { channels }: Names,
): readonly Problem[] {
  const channel = channels.get(name);
  if (channel === undefined) {
    const suggestion = suggest(name, [...channels.keys()]) ?? 'add it to channels.yaml';
    return [yaml.problemAt(path, `no channel is called ${name}`, { suggestion })];
  }
  if (ticketTypes.has(channel.type) === (use === 'ticket')) return [];
  const suggestion = use === 'ticket' ? 'use notify' : 'use ticket';
  const message = `${name} is a ${channel.type} channel, which ${use === 'ticket' ? 'keeps no tickets' : 'keeps tickets'}`;
  return [yaml.problemAt(path, message, { suggestion })];
}

function intervalProblems(
  used: readonly string[],
  { yaml, path }: Place,
  { timeIntervals }: Names,
): readonly Problem[] {
  return used.flatMap((name, index) => {
    if (timeIntervals.has(name)) return [];
    const suggestion = suggest(name, [...timeIntervals]) ?? 'add it to channels.yaml';
    return [yaml.problemAt([...path, index], `no time interval is called ${name}`, { suggestion })];
  });
}

const labels: readonly string[] = findingLabels;

/** One lower-case word that is no label can be a path, but is mostly a slip. */
function labelProblems(by: readonly string[], { yaml, path }: Place): readonly Problem[] {
  return by.flatMap((label, index) => {
    const meant = /^[a-z]+$/i.test(label) ? suggest(label, labels) : undefined;
    if (meant === undefined || labels.includes(label)) return [];
    const message = `${label} is no label, so it is read as a path of the document`;
    return [yaml.problemAt([...path, index], message, { suggestion: meant, severity: 'warning' })];
  });
}

function inside({ yaml, path }: Place, ...steps: DocumentPath): Place {
  return { yaml, path: [...path, ...steps] };
}
