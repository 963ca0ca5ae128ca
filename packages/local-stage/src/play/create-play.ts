import type { HubDesk } from '../hub-desk.ts';
import type { RecordedCall } from '../proxy/types.ts';
import { apiCaller } from './api-clients.ts';
import { functionCallEvents } from './function-calls.ts';
import { importFindings } from './import-findings.ts';
import { type PlayParts, playCall } from './play-call.ts';
import { playLoggingDisabled } from './play-logging-disabled.ts';
import type { Play, PlayedService, PlayOptions } from './types.ts';

interface PlaySource extends Omit<PlayParts, 'callApi'> {
  /** The proxy: played calls are recorded, throttled and failed like any other. */
  readonly endpoint: string;
  readonly hub: HubDesk;
  readonly calls: () => Promise<readonly RecordedCall[]>;
}

/** Everything that a stage can play. */
export function createPlay(source: PlaySource): Play {
  const { endpoint, delivery, home } = source;
  const parts: PlayParts = { ...source, callApi: apiCaller(endpoint) };
  const eventsOf = functionCallEvents(source.clients, home);
  const play =
    (service: PlayedService, operation: string) =>
    (input: Readonly<Record<string, unknown>>, options: PlayOptions = {}) =>
      playCall(parts, { ...options, service, operation, input });
  const trail = (operation: string) => play('cloudtrail', operation);
  const bucket = (operation: string) => play('s3', operation);
  return {
    apiCall: (call) => playCall(parts, call),
    stopTrail: (Name, options) => trail('StopLogging')({ Name }, options),
    deleteTrail: (Name, options) => trail('DeleteTrail')({ Name }, options),
    updateTrail: (Name, change, options) => trail('UpdateTrail')({ Name, ...change }, options),
    putEventSelectors: (TrailName, selectors, options) =>
      trail('PutEventSelectors')({ TrailName, ...selectors }, options),
    putInsightSelectors: (TrailName, insightTypes, options) =>
      trail('PutInsightSelectors')(
        { TrailName, InsightSelectors: insightTypes.map((InsightType) => ({ InsightType })) },
        options,
      ),
    disableKey: (KeyId, options) => play('kms', 'DisableKey')({ KeyId }, options),
    scheduleKeyDeletion: (KeyId, options) =>
      play('kms', 'ScheduleKeyDeletion')({ KeyId, PendingWindowInDays: 7 }, options),
    putBucketPolicy: (Bucket, policy, options) =>
      bucket('PutBucketPolicy')({ Bucket, Policy: JSON.stringify(policy) }, options),
    deleteBucketPolicy: (Bucket, options) => bucket('DeleteBucketPolicy')({ Bucket }, options),
    putBucketLifecycle: (Bucket, Rules, options) =>
      bucket('PutBucketLifecycleConfiguration')(
        { Bucket, LifecycleConfiguration: { Rules } },
        options,
      ),
    deleteBucket: (Bucket, options) => bucket('DeleteBucket')({ Bucket }, options),
    importFindings: (findings, where) => importFindings(endpoint, { ...home, ...where }, findings),
    serviceFindings: (form, findings, where) =>
      source.hub.take(form, findings, { ...home, ...where }),
    loggingDisabledFinding: (form, finding, options) =>
      playLoggingDisabled(source, form, { ...finding, ...(options && { deliver: options }) }),
    clickCustomAction: async (actionArn, findingIds) => {
      const heard = await source.hub.click(actionArn, findingIds);
      return heard.map(({ delivery: report }) => report);
    },
    functionCalls: async (options = {}) => {
      const events = await eventsOf(await source.calls());
      if (options !== false) for (const event of events) await delivery.deliver(event, options);
      return events;
    },
  };
}
