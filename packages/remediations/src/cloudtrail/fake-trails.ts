import { AccessRefusedError, ResourceGoneError } from '../errors.ts';
import type { TrailConfiguration, TrailId, TrailPorts, TrailStatus } from './ports.ts';

/** One trail in memory. */
export interface FakeTrail {
  readonly id: TrailId;
  status: TrailStatus;
  configuration: TrailConfiguration;
  refused?: boolean;
}

/** CloudTrail in memory: what it holds, and which calls were made. */
export interface FakeTrails extends TrailPorts {
  readonly held: Map<string, FakeTrail>;
  readonly calls: string[];
  readonly onBehalfOf: string[];
  /** Called before each call; may throw. */
  before: (call: string) => void;
}

/** Trails in memory that behave as CloudTrail's: gone where they are not, seen from elsewhere only if in all Regions. */
export function fakeTrails(now: () => Date, ...trails: readonly FakeTrail[]): FakeTrails {
  const held = new Map(trails.map((trail) => [trail.id.arn, trail]));
  const calls: string[] = [];
  const call = (name: string, { arn }: TrailId) => {
    calls.push(name);
    fake.before(name);
    const found = held.get(arn);
    if (found?.refused) throw new AccessRefusedError(arn, 'AccessDeniedException');
    if (!found) throw new ResourceGoneError(arn);
    return found;
  };
  const fake: FakeTrails = {
    held,
    calls,
    onBehalfOf: [],
    before: () => undefined,
    status: async (id) => call('GetTrailStatus', id).status,
    async start(id) {
      const trail = call('StartLogging', id);
      trail.status = { ...trail.status, isLogging: true, startedAt: now().toISOString() };
    },
    async stop(id) {
      const trail = call('StopLogging', id);
      trail.status = { ...trail.status, isLogging: false, stoppedAt: now().toISOString() };
    },
    read: async (id) => call('Read', id).configuration,
    selectors: async (id) => call('GetEventSelectors', id).configuration,
    async update(id, changes) {
      const trail = call('UpdateTrail', id);
      trail.configuration = withoutEmpty({ ...trail.configuration, ...changes });
    },
    async putSelectors(id, { eventSelectors, advancedEventSelectors }) {
      const trail = call('PutEventSelectors', id);
      trail.configuration = {
        ...trail.configuration,
        eventSelectors,
        advancedEventSelectors,
      };
    },
    async putInsights(id, insightTypes) {
      const trail = call('PutInsightSelectors', id);
      trail.configuration = { ...trail.configuration, insightTypes };
    },
    async changeTags(id, { set, remove }) {
      const trail = call('AddTags', id);
      const tags = Object.entries({ ...trail.configuration.tags, ...set });
      trail.configuration = {
        ...trail.configuration,
        tags: Object.fromEntries(tags.filter(([key]) => !remove.includes(key))),
      };
    },
    async create(id, configuration) {
      calls.push('CreateTrail');
      fake.before('CreateTrail');
      held.set(id.arn, { id, status: { isLogging: false }, configuration });
    },
    async remove(id) {
      call('DeleteTrail', id);
      held.delete(id.arn);
    },
    async locate({ arn, name }) {
      calls.push('DescribeTrails');
      const visible = [...held.values()].map(({ id }) => id);
      return visible.find((id) => id.arn === arn) ?? visible.find((id) => id.name === name);
    },
    async homedIn({ accountId, region }) {
      calls.push('DescribeTrails');
      fake.before(`DescribeTrails ${accountId} ${region}`);
      return [...held.values()]
        .map(({ id }) => id)
        .filter((id) => id.accountId === accountId && id.region === region);
    },
    async storages({ accountId }) {
      calls.push('DescribeTrails');
      return [...held.values()]
        .filter(({ id }) => id.accountId === accountId)
        .map(({ id, configuration: { s3BucketName, kmsKeyId } }) => ({
          trail: id,
          s3BucketName,
          ...(kmsKeyId !== undefined && { kmsKeyId }),
        }));
    },
    async homeRegions({ accountId }) {
      calls.push('ListTrails');
      fake.before(`ListTrails ${accountId}`);
      const own = [...held.values()].filter(({ id }) => id.accountId === accountId);
      return [...new Set(own.map(({ id }) => id.region))];
    },
  };
  return fake;
}

function withoutEmpty(configuration: TrailConfiguration): TrailConfiguration {
  const { s3KeyPrefix, snsTopicName, kmsKeyId, ...rest } = configuration;
  const { cloudWatchLogsLogGroupArn, cloudWatchLogsRoleArn, ...always } = rest;
  return {
    ...always,
    ...(s3KeyPrefix && { s3KeyPrefix }),
    ...(snsTopicName && { snsTopicName }),
    ...(kmsKeyId && { kmsKeyId }),
    ...(cloudWatchLogsLogGroupArn && { cloudWatchLogsLogGroupArn }),
    ...(cloudWatchLogsRoleArn && { cloudWatchLogsRoleArn }),
  };
}

/** A trail's settings as CloudTrail creates them, in all Regions. */
export function sampleConfiguration(changes: Partial<TrailConfiguration> = {}): TrailConfiguration {
  return {
    name: 'main',
    s3BucketName: 'trail-logs',
    includeGlobalServiceEvents: true,
    isMultiRegionTrail: true,
    isOrganizationTrail: false,
    logFileValidationEnabled: true,
    eventSelectors: [
      {
        ReadWriteType: 'All',
        IncludeManagementEvents: true,
        DataResources: [],
        ExcludeManagementEventSources: [],
      },
    ],
    advancedEventSelectors: [],
    insightTypes: [],
    tags: {},
    ...changes,
  };
}
