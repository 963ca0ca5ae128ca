import type { AttachedStage, Play, Played, RecordedCall, StageMessage } from '@riposte/local-stage';

/** A stage in memory that remembers what was asked of it. */
export interface FakeStage extends AttachedStage {
  readonly asked: string[];
}

/** A stage in memory. */
export function fakeStage(
  changes: Partial<AttachedStage> & { readonly play?: Play } = {},
): FakeStage {
  const asked: string[] = [];
  const refuse = (what: string) => () => Promise.reject(new TypeError(`${what} is not faked`));
  return {
    asked,
    name: 'dev',
    accountId: '123456789012',
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    emulatorEndpoint: 'http://127.0.0.1:2',
    securityHubEndpoint: 'http://127.0.0.1:3',
    env: { AWS_ACCESS_KEY_ID: "1'2", AWS_ENDPOINT_URL: 'http://127.0.0.1:1', PATH: '/bin' },
    play: fakePlay(asked),
    async deploy(services, params) {
      asked.push(`deploy ${[services].flat().join(' ')} ${JSON.stringify(params)}`);
    },
    async deliver(event, options) {
      asked.push(`deliver ${JSON.stringify(event)} ${JSON.stringify(options)}`);
      return { eventId: 'e', matched: [], targets: [] };
    },
    deliverMany: refuse('deliverMany'),
    messages: async (): Promise<readonly StageMessage[]> => [],
    unsubscribe: refuse('unsubscribe'),
    standStill: refuse('standStill'),
    calls: async (): Promise<readonly RecordedCall[]> => [],
    logs: async () => [],
    stop: async () => {
      asked.push('stop');
    },
    ...changes,
  };
}

/** What every played call answers: an event that one function got. */
export const played: Played = {
  event: {
    id: 'e-1',
    source: 'aws.cloudtrail',
    'detail-type': 'AWS API Call via CloudTrail',
    account: '123456789012',
    region: 'us-east-1',
    time: '2026-11-24T14:00:00Z',
    resources: [],
    detail: { eventName: 'StopLogging', eventTime: '2026-11-24T14:00:00Z' },
  },
  delivery: {
    eventId: 'e-1',
    matched: ['rule'],
    targets: [
      {
        ruleArn: 'rule',
        targetId: 't',
        targetArn: 'arn:aws:lambda:us-east-1:123456789012:function:guard',
        outcome: 'delivered',
        attempts: 1,
      },
    ],
  },
};

/** A play that notes each call, its input and its options; trails do not exist yet. */
export function fakePlay(asked: string[]): Play {
  const noted =
    (name: string) =>
    async (...args: readonly unknown[]) => {
      asked.push(`${name} ${JSON.stringify(args)}`);
      return played;
    };
  return {
    apiCall: async (call) => {
      asked.push(`${call.service}:${call.operation}`);
      return call.operation === 'GetTrail'
        ? { ...played, errorCode: 'TrailNotFoundException' }
        : played;
    },
    stopTrail: noted('stopTrail'),
    deleteTrail: noted('deleteTrail'),
    updateTrail: noted('updateTrail'),
    putEventSelectors: noted('putEventSelectors'),
    putInsightSelectors: noted('putInsightSelectors'),
    disableKey: noted('disableKey'),
    scheduleKeyDeletion: noted('scheduleKeyDeletion'),
    putBucketPolicy: noted('putBucketPolicy'),
    deleteBucketPolicy: noted('deleteBucketPolicy'),
    putBucketLifecycle: noted('putBucketLifecycle'),
    deleteBucket: noted('deleteBucket'),
    importFindings: noted('importFindings'),
    serviceFindings: async () => [],
    clickCustomAction: async () => [],
    async loggingDisabledFinding(form, finding, options) {
      asked.push(`finding ${form} ${JSON.stringify(finding.trails)} ${JSON.stringify(options)}`);
      return { event: played.event, delivery: { eventId: 'e-1', matched: [], targets: [] } };
    },
    functionCalls: async () => [],
  };
}
