import * as z from 'zod';
import { MalformedEventError } from './errors.ts';
import { at, defined, field, isObject, read, textOf } from './read.ts';
import type { Actor } from './response-record.ts';

const text = z.string().min(1);
/** A service's DNS name; notifications of S3, which are not CloudTrail's, say `aws:s3`. */
const service = text.regex(/^[^:]+$/);

const record = z.object({
  eventName: text,
  eventSource: service,
  eventTime: text,
  awsRegion: text,
  eventID: z.string().nullish(),
});

/** An Insights event tells what it is about in its details. */
const insight = z
  .object({
    ...record.omit({ eventName: true, eventSource: true }).shape,
    insightDetails: z.object({ eventName: text, eventSource: service }),
  })
  .transform(({ insightDetails, ...rest }) => ({ ...rest, ...insightDetails }));

/** One API call as CloudTrail recorded it. `raw` is the record itself. */
export interface ApiCallRecord {
  /** Empty in records of versions that had none. */
  readonly eventId: string;
  readonly eventName: string;
  /** The service, e.g. `cloudtrail.amazonaws.com`. */
  readonly eventSource: string;
  /** ISO 8601, second precision. */
  readonly eventTime: string;
  readonly awsRegion: string;
  /** The account whose resources the call concerned, where the record says. */
  readonly recipientAccountId?: string;
  readonly actor: Actor;
  readonly requestParameters: Readonly<Record<string, unknown>>;
  readonly responseElements: Readonly<Record<string, unknown>>;
  readonly resourceArns: readonly string[];
  /** Set when the call failed. */
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly readOnly?: boolean;
  readonly raw: Readonly<Record<string, unknown>>;
}

/**
 * Reads one CloudTrail record, as log files, Event history and EventBridge's `detail` carry it: API calls, service events, sign-ins,
 * Insights events (`eventName` and `eventSource` are those of the unusual calls).
 *
 * @throws MalformedEventError naming the first field that is missing or wrong.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-insights-fields-trails.html
 * @example
 * const { eventName, actor } = parseCloudTrailRecord(event.detail);
 */
export function parseCloudTrailRecord(input: unknown): ApiCallRecord {
  const raw = isObject(input) ? input : {};
  const isInsight = !Object.hasOwn(raw, 'eventName') && Object.hasOwn(raw, 'insightDetails');
  const known = isInsight
    ? read(insight, input, MalformedEventError)
    : read(record, input, MalformedEventError);
  return defined({
    eventId: known.eventID ?? '',
    eventName: known.eventName,
    eventSource: known.eventSource,
    eventTime: known.eventTime,
    awsRegion: known.awsRegion,
    recipientAccountId: textOf(raw.recipientAccountId),
    actor: actorOf(raw),
    requestParameters: isObject(raw.requestParameters) ? raw.requestParameters : {},
    responseElements: isObject(raw.responseElements) ? raw.responseElements : {},
    resourceArns: resourceArnsOf(raw.resources),
    errorCode: textOf(raw.errorCode),
    errorMessage: textOf(raw.errorMessage),
    readOnly: typeof raw.readOnly === 'boolean' ? raw.readOnly : undefined,
    raw,
  });
}

function actorOf(raw: Record<string, unknown>): Actor {
  const identity = raw.userIdentity;
  const mfa = at(identity, 'sessionContext', 'attributes', 'mfaAuthenticated');
  const arn = textOf(field(identity, 'arn'));
  const isSession = field(identity, 'type') === 'AssumedRole';
  return defined({
    type: textOf(field(identity, 'type')),
    arn: arn ?? textOf(field(identity, 'invokedBy')),
    issuerArn: textOf(at(identity, 'sessionContext', 'sessionIssuer', 'arn')),
    sessionName: isSession ? arn?.split('/').at(-1) : undefined,
    accessKeyId: textOf(field(identity, 'accessKeyId')),
    mfa: mfa === undefined ? undefined : mfa === true || mfa === 'true',
    sourceIp: textOf(raw.sourceIPAddress),
    userAgent: textOf(raw.userAgent),
  });
}

function resourceArnsOf(resources: unknown): readonly string[] {
  if (!Array.isArray(resources)) return [];
  return resources.flatMap(
    (resource) => textOf(field(resource, 'ARN')) ?? textOf(field(resource, 'arn')) ?? [],
  );
}
