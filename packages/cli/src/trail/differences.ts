import { escapeText } from '@riposte/findings';
import {
  logsWriteManagementEvents,
  type TrailConfiguration,
  type TrailDifference,
} from '@riposte/remediations/cloudtrail';

/** Differences as people read them, one line each; weaker ones are marked. */
export function differencesText(differences: readonly TrailDifference[]): readonly string[] {
  return differences.map(({ what, approved, current, weaker, blinding }) => {
    const mark = blinding ? 'BLINDING ' : weaker ? 'WEAKER   ' : '         ';
    return `  ${mark}${what}: ${inWords(approved)} -> ${inWords(current)}`;
  });
}

/** What somebody who approves a configuration should know about it. */
export function weaknessesOf(
  configuration: TrailConfiguration,
  isLogging: boolean,
): readonly string[] {
  const all: readonly (readonly [weak: boolean, words: string])[] = [
    [!isLogging, 'the trail does not log now'],
    [!configuration.isMultiRegionTrail, 'it records one Region only'],
    [!configuration.includeGlobalServiceEvents, 'it leaves out global services (IAM, STS)'],
    [!configuration.logFileValidationEnabled, 'log file validation is off'],
    [!logsWriteManagementEvents(configuration), 'it does not log write management events'],
  ];
  return all.flatMap(([weak, words]) => (weak ? [words] : []));
}

function inWords(value: unknown): string {
  return value === undefined ? 'not set' : escapeText(JSON.stringify(value), 300);
}
