import { areNarrowed, areSameSelectors, canonical } from './narrowed-selectors.ts';
import type { TrailConfiguration } from './ports.ts';
import { logsWriteManagementEvents } from './selector-coverage.ts';

/** One setting that differs from the approved one. */
export interface TrailDifference {
  readonly setting: keyof TrailConfiguration | 'selectors';
  /** What it is called in words. */
  readonly what: string;
  readonly approved: unknown;
  readonly current: unknown;
  /** True where the trail records less, elsewhere, or less provably than approved; false where it only differs, or records more. */
  readonly weaker: boolean;
  /** True where it hides API calls from those who watch them: such a change is as good as a stop. */
  readonly blinding: boolean;
}

/** How a setting is judged when it differs. */
interface Rule {
  readonly setting: keyof TrailConfiguration;
  readonly what: string;
  /** `off`: worse only when switched off; `changed`: any change leads the logs elsewhere; `fewer`: worse when something is missing; `never`. */
  readonly weakerWhen: 'off' | 'changed' | 'fewer' | 'never';
  readonly blinding?: boolean;
}

const rules: readonly Rule[] = [
  {
    setting: 'isMultiRegionTrail',
    what: 'recording of all Regions',
    weakerWhen: 'off',
    blinding: true,
  },
  {
    setting: 'includeGlobalServiceEvents',
    what: 'events of global services (IAM, STS)',
    weakerWhen: 'off',
    blinding: true,
  },
  {
    setting: 'isOrganizationTrail',
    what: 'recording of the whole organization',
    weakerWhen: 'off',
    blinding: true,
  },
  { setting: 'logFileValidationEnabled', what: 'log file validation', weakerWhen: 'off' },
  { setting: 's3BucketName', what: 'bucket of the log files', weakerWhen: 'changed' },
  { setting: 's3KeyPrefix', what: 'prefix of the log files', weakerWhen: 'changed' },
  { setting: 'kmsKeyId', what: 'key of the log files', weakerWhen: 'changed' },
  { setting: 'snsTopicName', what: 'topic of deliveries', weakerWhen: 'changed' },
  { setting: 'cloudWatchLogsLogGroupArn', what: 'CloudWatch Logs group', weakerWhen: 'changed' },
  { setting: 'cloudWatchLogsRoleArn', what: 'role of CloudWatch Logs', weakerWhen: 'changed' },
  { setting: 'insightTypes', what: 'Insights', weakerWhen: 'fewer' },
  { setting: 'tags', what: 'tags', weakerWhen: 'never' },
];

/**
 * What differs between a trail's approved settings and its current ones, and what of it is weaker.
 *
 * @example
 * diffTrail(baseline, current).filter(({ weaker }) => weaker);
 */
export function diffTrail(
  approved: TrailConfiguration,
  current: TrailConfiguration,
): readonly TrailDifference[] {
  const settings = rules
    .filter(({ setting }) => canonical(approved[setting]) !== canonical(current[setting]))
    .map((rule) => difference(rule, approved, current));
  if (areSameSelectors(approved, current)) return settings;
  return [...settings, selectorDifference(approved, current)];
}

function difference(
  { setting, what, weakerWhen, blinding = false }: Rule,
  approved: TrailConfiguration,
  current: TrailConfiguration,
): TrailDifference {
  const weaker = {
    off: approved[setting] === true && current[setting] === false,
    changed: true,
    fewer: approved.insightTypes.some((type) => !current.insightTypes.includes(type)),
    never: false,
  }[weakerWhen];
  return {
    setting,
    what,
    approved: approved[setting],
    current: current[setting],
    weaker,
    blinding: weaker && blinding,
  };
}

function selectorDifference(
  approved: TrailConfiguration,
  current: TrailConfiguration,
): TrailDifference {
  return {
    setting: 'selectors',
    what: 'event selectors',
    approved: shownSelectors(approved),
    current: shownSelectors(current),
    weaker: areNarrowed(approved, current),
    blinding: logsWriteManagementEvents(approved) && !logsWriteManagementEvents(current),
  };
}

function shownSelectors(configuration: TrailConfiguration): readonly unknown[] {
  return configuration.advancedEventSelectors.length > 0
    ? configuration.advancedEventSelectors
    : configuration.eventSelectors;
}
