import type {
  AdvancedEventSelector as AwsAdvancedSelector,
  EventSelector as AwsSelector,
  CreateTrailCommandInput,
  PutEventSelectorsCommandInput,
  ReadWriteType,
  Trail,
  UpdateTrailCommandInput,
} from '@aws-sdk/client-cloudtrail';
import type {
  AdvancedEventSelector,
  EventSelector,
  TrailConfiguration,
  TrailSelectors,
} from './ports.ts';

type Parts = Pick<
  TrailConfiguration,
  'eventSelectors' | 'advancedEventSelectors' | 'insightTypes' | 'tags'
>;

/** A trail as CloudTrail describes it, with the parts that it describes elsewhere. */
export function configurationOf(trail: Trail, parts: Parts): TrailConfiguration {
  return {
    name: trail.Name ?? '',
    s3BucketName: trail.S3BucketName ?? '',
    ...(trail.S3KeyPrefix && { s3KeyPrefix: trail.S3KeyPrefix }),
    ...(trail.SnsTopicName && { snsTopicName: trail.SnsTopicName }),
    includeGlobalServiceEvents: trail.IncludeGlobalServiceEvents === true,
    isMultiRegionTrail: trail.IsMultiRegionTrail === true,
    isOrganizationTrail: trail.IsOrganizationTrail === true,
    logFileValidationEnabled: trail.LogFileValidationEnabled === true,
    ...(trail.CloudWatchLogsLogGroupArn && {
      cloudWatchLogsLogGroupArn: trail.CloudWatchLogsLogGroupArn,
    }),
    ...(trail.CloudWatchLogsRoleArn && { cloudWatchLogsRoleArn: trail.CloudWatchLogsRoleArn }),
    ...(trail.KmsKeyId && { kmsKeyId: trail.KmsKeyId }),
    ...parts,
  };
}

/** A basic selector, its lists in an order that does not matter to CloudTrail. */
export function basicSelectorOf(selector: AwsSelector): EventSelector {
  return {
    ReadWriteType: selector.ReadWriteType ?? 'All',
    IncludeManagementEvents: selector.IncludeManagementEvents ?? true,
    DataResources: (selector.DataResources ?? []).map(({ Type = '', Values = [] }) => ({
      Type,
      Values: [...Values].sort(),
    })),
    ExcludeManagementEventSources: [...(selector.ExcludeManagementEventSources ?? [])].sort(),
  };
}

/** An advanced selector without the members that it does not use. */
export function advancedSelectorOf(selector: AwsAdvancedSelector): AdvancedEventSelector {
  return {
    ...(selector.Name && { Name: selector.Name }),
    FieldSelectors: (selector.FieldSelectors ?? []).map(({ Field = '', ...operators }) => ({
      Field,
      ...Object.fromEntries(
        Object.entries(operators).filter(([, values]) => values !== undefined && values.length > 0),
      ),
    })),
  };
}

/** What UpdateTrail takes: only what is given; CloudWatch Logs' group and role go together. */
export function updateInput(
  changes: Partial<TrailConfiguration>,
): Omit<UpdateTrailCommandInput, 'Name'> {
  return {
    ...(changes.isOrganizationTrail !== undefined && {
      IsOrganizationTrail: changes.isOrganizationTrail,
    }),
    ...settingsInput(changes),
  };
}

/** What CreateTrail takes for a whole configuration. */
export function createInput(
  configuration: TrailConfiguration,
): Omit<CreateTrailCommandInput, 'Name'> {
  const { tags, s3BucketName } = configuration;
  const TagsList = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    ...settingsInput(configuration),
    S3BucketName: s3BucketName,
    ...(configuration.isOrganizationTrail && { IsOrganizationTrail: true }),
    ...(TagsList.length > 0 && { TagsList }),
  };
}

const settingNames = [
  ['s3BucketName', 'S3BucketName'],
  ['s3KeyPrefix', 'S3KeyPrefix'],
  ['snsTopicName', 'SnsTopicName'],
  ['includeGlobalServiceEvents', 'IncludeGlobalServiceEvents'],
  ['isMultiRegionTrail', 'IsMultiRegionTrail'],
  ['logFileValidationEnabled', 'EnableLogFileValidation'],
  ['cloudWatchLogsLogGroupArn', 'CloudWatchLogsLogGroupArn'],
  ['cloudWatchLogsRoleArn', 'CloudWatchLogsRoleArn'],
  ['kmsKeyId', 'KmsKeyId'],
] as const;

function settingsInput(
  settings: Partial<TrailConfiguration>,
): Omit<UpdateTrailCommandInput, 'Name'> {
  return Object.fromEntries(
    settingNames.flatMap(([ours, theirs]) =>
      settings[ours] === undefined ? [] : [[theirs, settings[ours]]],
    ),
  );
}

/** What PutEventSelectors takes: advanced selectors where there are any, as CloudTrail refuses both. */
export function selectorsInput(
  selectors: TrailSelectors,
): Omit<PutEventSelectorsCommandInput, 'TrailName'> {
  if (selectors.advancedEventSelectors.length > 0) {
    return {
      AdvancedEventSelectors: selectors.advancedEventSelectors.map(({ Name, FieldSelectors }) => ({
        Name,
        FieldSelectors: FieldSelectors.map(mutableLists),
      })),
    };
  }
  return {
    EventSelectors: selectors.eventSelectors.map((selector) => ({
      ReadWriteType: readWriteType(selector.ReadWriteType),
      IncludeManagementEvents: selector.IncludeManagementEvents,
      DataResources: selector.DataResources?.map(({ Type, Values }) => ({
        Type,
        Values: Values && [...Values],
      })),
      ExcludeManagementEventSources: selector.ExcludeManagementEventSources && [
        ...selector.ExcludeManagementEventSources,
      ],
    })),
  };
}

function mutableLists({ Field, ...operators }: AdvancedEventSelector['FieldSelectors'][number]) {
  const lists = Object.entries(operators).map(([name, values]) => [name, [...(values ?? [])]]);
  return { Field, ...Object.fromEntries(lists) };
}

function readWriteType(text: string | undefined): ReadWriteType {
  return text === 'ReadOnly' || text === 'WriteOnly' ? text : 'All';
}
