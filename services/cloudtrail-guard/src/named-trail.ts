import {
  type ApiCallEvent,
  escapeText,
  isArn,
  MalformedEventError,
  parseEvent,
} from '@riposte/findings';
import { type TrailId, trailOf } from '@riposte/remediations/cloudtrail';

const trailName = /^[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]$/;

/**
 * Reads an event that must be an API call.
 *
 * @throws MalformedEventError, UnknownEventError
 */
export function apiCallOf(input: unknown): ApiCallEvent {
  const event = parseEvent(input);
  if (event.type === 'api-call') return event;
  throw new MalformedEventError('detail-type');
}

/** True for what CloudTrail accepts as a trail: its ARN, or a name of 3 to 128 characters. */
export function isTrailName(text: unknown): text is string {
  return typeof text === 'string' && (isArn(text) || trailName.test(text));
}

/**
 * The trail that a CloudTrail call names: by the ARN that CloudTrail answered, else by the name or ARN that was asked for.
 *
 * @throws MalformedEventError where a call that succeeded names no trail; MalformedArnError where it names something else.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html
 */
export function namedTrail(event: ApiCallEvent): TrailId {
  const place = { accountId: event.accountId, region: event.awsRegion };
  const answered = event.responseElements.trailARN;
  if (typeof answered === 'string' && isArn(answered)) return trailOf(answered, place);
  const field = 'trailName' in event.requestParameters ? 'trailName' : 'name';
  const named = event.requestParameters[field];
  if (isTrailName(named)) return trailOf(named, place);
  if (event.errorCode === undefined) {
    throw new MalformedEventError(`detail.requestParameters.${field}`);
  }
  const shown = typeof named === 'string' ? escapeText(named, 60) : '';
  return trailOf(isArn(shown) ? 'unnamed' : shown || 'unnamed', place);
}
