import type { RuleFile } from '../folder/folder-files.ts';
import type { DocumentPath, Problem } from '../folder/problem.ts';
import type { Escalation } from '../model/action.ts';
import type { RuleSet } from '../model/rule-set.ts';

type WarnInFile = (file: string, path: DocumentPath, message: string) => Problem;

/** What a rule's `notify` and a channel both refer to. */
interface Telling {
  readonly mute?: readonly string[];
  readonly active?: readonly string[];
  readonly escalate?: readonly Escalation[];
}

/** Channels and time intervals that no rule names, enabled or not, and no channel that is named. */
export function unusedNames(
  { packs, channels, timeIntervals }: RuleSet,
  files: readonly RuleFile[],
  warn: WarnInFile,
): readonly Problem[] {
  const actions = packs.flatMap(({ rules }) =>
    rules.flatMap(({ branches }) => branches.flatMap(({ then }) => then)),
  );
  const tellings: readonly Telling[] = [
    ...actions.flatMap((action) => ('notify' in action ? [action.notify] : [])),
    ...channels,
  ];
  const named = new Set([
    ...actions.flatMap((action) => ('notify' in action ? [action.notify.channel] : [])),
    ...actions.flatMap((action) => ('ticket' in action ? [action.ticket.channel] : [])),
    ...tellings.flatMap(({ escalate = [] }) => escalate.map(({ channel }) => channel)),
  ]);
  const times = new Set(tellings.flatMap(({ mute = [], active = [] }) => [...mute, ...active]));
  const file = files.find(({ path }) => /(^|\/)channels\.yaml$/.test(path))?.path;
  return [
    ...channels.flatMap(({ name }, index) =>
      named.has(name)
        ? []
        : [warn(file ?? 'channels.yaml', ['channels', index], `nobody uses channel ${name}`)],
    ),
    ...timeIntervals.flatMap(({ name }, index) =>
      times.has(name)
        ? []
        : [
            warn(
              file ?? 'channels.yaml',
              ['timeIntervals', index],
              `nobody uses time interval ${name}`,
            ),
          ],
    ),
  ];
}
