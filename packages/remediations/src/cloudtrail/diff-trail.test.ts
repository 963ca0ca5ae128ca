import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diffTrail } from './diff-trail.ts';
import { sampleConfiguration } from './fake-trails.ts';
import { areNarrowed, canonical } from './narrowed-selectors.ts';
import type {
  AdvancedFieldSelector,
  EventSelector,
  TrailConfiguration,
  TrailSelectors,
} from './ports.ts';
import { logsWriteManagementEvents, managementCoverage } from './selector-coverage.ts';

const basic = (...eventSelectors: EventSelector[]): TrailSelectors => ({
  eventSelectors,
  advancedEventSelectors: [],
});
const advanced = (...selectors: AdvancedFieldSelector[][]): TrailSelectors => ({
  eventSelectors: [],
  advancedEventSelectors: selectors.map((FieldSelectors) => ({ FieldSelectors })),
});
const management: AdvancedFieldSelector = { Field: 'eventCategory', Equals: ['Management'] };
const data: AdvancedFieldSelector = { Field: 'eventCategory', Equals: ['Data'] };
const s3: AdvancedFieldSelector = { Field: 'resources.type', Equals: ['AWS::S3::Object'] };
const writes: AdvancedFieldSelector = { Field: 'readOnly', Equals: ['false'] };
const bucket = (...Values: string[]) => ({ Type: 'AWS::S3::Object', Values });
const everything = basic({ ReadWriteType: 'All', IncludeManagementEvents: true });

function only(changes: Partial<TrailConfiguration>, approvedAs: Partial<TrailConfiguration> = {}) {
  const approved = sampleConfiguration(approvedAs);
  return diffTrail(approved, { ...approved, ...changes });
}

describe('diffTrail', () => {
  it('finds nothing where nothing differs', () => {
    expect(only({})).toEqual([]);
  });

  it.each<[string, Partial<TrailConfiguration>, boolean]>([
    ['one Region only', { isMultiRegionTrail: false }, true],
    ['no global services', { includeGlobalServiceEvents: false }, true],
    ['no validation', { logFileValidationEnabled: false }, false],
    ['another bucket', { s3BucketName: 'evil' }, false],
    ['another prefix', { s3KeyPrefix: 'x' }, false],
    ['another key', { kmsKeyId: 'k' }, false],
    ['another topic', { snsTopicName: 't' }, false],
    ['another log group', { cloudWatchLogsLogGroupArn: 'g' }, false],
    ['another role', { cloudWatchLogsRoleArn: 'r' }, false],
    ['narrower selectors', basic({ ReadWriteType: 'WriteOnly' }), false],
    ['read events only', basic({ ReadWriteType: 'ReadOnly' }), true],
    ['no management events', basic({ IncludeManagementEvents: false }), true],
  ])('calls %s weaker, and says whether it blinds', (_what, changes, blinding) => {
    expect(only(changes)).toMatchObject([{ weaker: true, blinding }]);
  });

  it('calls less of Insights weaker, and more of it different', () => {
    const both = { insightTypes: ['ApiCallRateInsight', 'ApiErrorRateInsight'] };
    expect(only({ insightTypes: ['ApiCallRateInsight'] }, both)).toMatchObject([{ weaker: true }]);
    expect(only(both)).toMatchObject([{ weaker: false }]);
  });

  it.each<[string, Partial<TrailConfiguration>, Partial<TrailConfiguration>]>([
    ['all Regions', { isMultiRegionTrail: true }, { isMultiRegionTrail: false }],
    ['more events', everything, basic({ ReadWriteType: 'WriteOnly' })],
    ['other tags', { tags: { a: 'b' } }, {}],
  ])('calls %s different, not weaker', (_what, changes, approvedAs) => {
    expect(only(changes, approvedAs)).toMatchObject([{ weaker: false, blinding: false }]);
  });

  it('shows selectors as they are set', () => {
    const [difference] = only(advanced([management, writes]));
    expect(difference).toMatchObject({
      setting: 'selectors',
      approved: [{ ReadWriteType: 'All' }],
      current: [{ FieldSelectors: [management, writes] }],
    });
  });
});

describe('logsWriteManagementEvents', () => {
  it.each<[string, TrailSelectors, boolean]>([
    ['all', everything, true],
    ['what CloudTrail assumes', basic({}), true],
    ['writes only', basic({ ReadWriteType: 'WriteOnly' }), true],
    ['without KMS', basic({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }), true],
    ['reads only', basic({ ReadWriteType: 'ReadOnly' }), false],
    [
      'data only',
      basic({ IncludeManagementEvents: false, DataResources: [bucket('arn:')] }),
      false,
    ],
    ['nothing', basic(), false],
    ['advanced: all', advanced([management]), true],
    ['advanced: writes', advanced([management, writes]), true],
    ['advanced: reads', advanced([management, { Field: 'readOnly', Equals: ['true'] }]), false],
    ['advanced: data', advanced([data, s3]), false],
    [
      'advanced: without KMS',
      advanced([management, { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }]),
      true,
    ],
    [
      'advanced: without CloudTrail itself',
      advanced([management, { Field: 'eventSource', NotEquals: ['cloudtrail.amazonaws.com'] }]),
      false,
    ],
    [
      'advanced: one source only',
      advanced([management, { Field: 'eventSource', Equals: ['s3.amazonaws.com'] }]),
      false,
    ],
    [
      'advanced: without one caller',
      advanced([management, { Field: 'userIdentity.arn', NotEquals: ['arn:evil'] }]),
      false,
    ],
    [
      'advanced: what one selector leaves out and another has',
      advanced(
        [management, { Field: 'eventSource', NotEquals: ['cloudtrail.amazonaws.com'] }],
        [management],
      ),
      true,
    ],
    [
      'advanced: what both selectors leave out',
      advanced(
        [management, { Field: 'eventSource', NotEquals: ['iam.amazonaws.com'] }],
        [management, { Field: 'userIdentity.arn', NotEquals: ['arn:evil'] }],
      ),
      false,
    ],
  ])('says of %s: %s', (_what, selectors, logs) => {
    expect(logsWriteManagementEvents(selectors)).toBe(logs);
  });

  it('knows that reads alone cover reads', () => {
    expect(managementCoverage(basic({ ReadWriteType: 'ReadOnly' }))).toEqual({
      read: true,
      write: false,
      excluded: [],
    });
  });
});

describe('areNarrowed', () => {
  it.each<[string, TrailSelectors, TrailSelectors, boolean]>([
    [
      'the same in another order',
      basic({ ReadWriteType: 'ReadOnly' }, { ReadWriteType: 'WriteOnly' }),
      basic({ ReadWriteType: 'WriteOnly' }, { ReadWriteType: 'ReadOnly' }),
      false,
    ],
    ['reads no more', everything, basic({ ReadWriteType: 'WriteOnly' }), true],
    [
      'a source left out',
      everything,
      basic({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }),
      true,
    ],
    [
      'a source no longer left out',
      basic({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }),
      everything,
      false,
    ],
    [
      'two halves instead of all',
      everything,
      basic({ ReadWriteType: 'ReadOnly' }, { ReadWriteType: 'WriteOnly' }),
      false,
    ],
    ['an advanced form of the same', everything, advanced([management]), false],
    ['a basic form of the same', advanced([management]), everything, false],
    [
      'a data resource less',
      basic({ DataResources: [bucket('arn:a', 'arn:b')] }),
      basic({ DataResources: [bucket('arn:a')] }),
      true,
    ],
    [
      'a wider prefix',
      basic({ DataResources: [bucket('arn:a/x')] }),
      basic({ DataResources: [bucket('arn:a')] }),
      false,
    ],
    [
      'a narrower prefix',
      basic({ DataResources: [bucket('arn:a')] }),
      basic({ DataResources: [bucket('arn:a/x')] }),
      true,
    ],
    [
      'another type',
      basic({ DataResources: [bucket('arn:a')] }),
      basic({ DataResources: [{ Type: 'AWS::Lambda::Function', Values: ['arn:a'] }] }),
      true,
    ],
    [
      'writes of a data resource only',
      basic({ IncludeManagementEvents: false, DataResources: [bucket('arn:a')] }),
      basic({
        IncludeManagementEvents: false,
        ReadWriteType: 'WriteOnly',
        DataResources: [bucket('arn:a')],
      }),
      true,
    ],
    [
      'data that an advanced form cannot be seen to hold',
      basic({ DataResources: [bucket('arn:a')] }),
      advanced([management]),
      true,
    ],
    [
      'an advanced data selector less',
      advanced([management], [data, s3]),
      advanced([management]),
      true,
    ],
    [
      'an advanced data selector more',
      advanced([management]),
      advanced([management], [data, s3]),
      false,
    ],
    [
      'data only, as before',
      basic({ IncludeManagementEvents: false, DataResources: [bucket('arn:a')] }),
      basic({ IncludeManagementEvents: false, DataResources: [bucket('arn:a'), {}] }),
      false,
    ],
  ])('says of %s: %s', (_what, approved, current, narrowed) => {
    expect(areNarrowed(approved, current)).toBe(narrowed);
  });

  it('never calls selectors narrower than themselves', () => {
    const selector = fc.record(
      {
        ReadWriteType: fc.constantFrom('All', 'ReadOnly', 'WriteOnly'),
        IncludeManagementEvents: fc.boolean(),
        ExcludeManagementEventSources: fc.subarray(['kms.amazonaws.com', 'rdsdata.amazonaws.com']),
        DataResources: fc.array(fc.record({ Type: fc.string(), Values: fc.array(fc.string()) })),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(selector), (selectors) => {
        expect(areNarrowed(basic(...selectors), basic(...selectors.toReversed()))).toBe(false);
      }),
    );
  });
});

describe('canonical', () => {
  it('is equal for values that differ in order only', () => {
    expect(canonical({ a: [2, 1], b: undefined, c: null })).toBe(canonical({ c: null, a: [1, 2] }));
    expect(canonical(undefined)).toBe('null');
  });
});
