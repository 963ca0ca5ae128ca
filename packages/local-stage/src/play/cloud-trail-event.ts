import { randomUUID } from 'node:crypto';
import type { ServiceEvent } from '../delivery/types.ts';
import type { AccountRegion } from '../types.ts';
import { eventNameOf, eventRegion, isReadOnly } from './event-name.ts';
import { lowerCamel, requestParameters, resourcesOf } from './request-parameters.ts';
import type { Caller, PlayedService } from './types.ts';
import { userIdentity } from './user-identity.ts';

/** A call that was made, as its event needs it. */
export interface MadeCall {
  readonly service: PlayedService;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly where: AccountRegion;
  readonly caller: Caller;
  readonly at: Date;
  readonly output?: unknown;
  readonly error?: Error;
}

/** Calls whose answer CloudTrail records; most write calls answer nothing worth it. */
const answered = /^(?:Create|Update|Put(?:EventSelectors|InsightSelectors|Rule|Targets))/;

/**
 * CloudTrail's event of an API call, as EventBridge carries it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function cloudTrailEvent(made: MadeCall): ServiceEvent {
  const { service, operation, where, caller, error } = made;
  const region = eventRegion(service, where.region);
  const time = made.at.toISOString().replace(/\.\d+Z$/, 'Z');
  const resources = resourcesOf(service, made.input, where);
  const host = `${service}.amazonaws.com`;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service}`,
    account: where.accountId,
    time,
    region,
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: userIdentity(caller, where),
      eventTime: time,
      eventSource: host,
      eventName: eventNameOf(service, operation),
      awsRegion: region,
      sourceIPAddress: caller.sourceIp ?? caller.invokedBy ?? '203.0.113.7',
      userAgent: caller.userAgent ?? caller.invokedBy ?? 'aws-cli/2.31.0',
      ...(error && { errorCode: errorCodeOf(error), errorMessage: error.message }),
      requestParameters: requestParameters(service, { ...made, region }),
      responseElements: responseElements(made),
      requestID: randomUUID(),
      eventID: randomUUID(),
      readOnly: isReadOnly(operation),
      ...(resources && { resources }),
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: where.accountId,
      eventCategory: 'Management',
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_128_GCM_SHA256',
        clientProvidedHostHeader: `${service}.${region}.amazonaws.com`,
      },
    },
  };
}

function responseElements({ service, operation, output, error }: MadeCall): unknown {
  if (error || service === 's3' || !answered.test(operation)) return null;
  if (typeof output !== 'object' || output === null) return null;
  const { $metadata: _metadata, ...members } = Object.fromEntries(Object.entries(output));
  return lowerCamel(members);
}

/** CloudTrail says `AccessDenied` where the SDK says `AccessDeniedException`. */
export function errorCodeOf({ name }: Error): string {
  return name === 'AccessDeniedException' ? 'AccessDenied' : name;
}
