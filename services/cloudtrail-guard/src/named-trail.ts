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

/**
 * The trail that a CloudTrail call names: by the ARN that CloudTrail answered, else by the name or ARN that was asked for.
 *
 * @throws MalformedEventError where a call that succeeded names no trail.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html
 */
export function namedTrail(event: ApiCallEvent): TrailId {
  const place = { accountId: event.accountId, region: event.awsRegion };
  const answered = event.responseElements.trailARN;
  if (typeof answered === 'string' && isArn(answered)) return trailOf(answered, place);
  const field = 'trailName' in event.requestParameters ? 'trailName' : 'name';
  const named = event.requestParameters[field];
  if (typeof named === 'string' && (isArn(named) || trailName.test(named))) {
    return trailOf(named, place);
  }
  if (event.errorCode !== undefined) {
    return trailOf(
      escapeText(typeof named === 'string' ? named : 'unnamed', 60) || 'unnamed',
      place,
    );
  }
  throw new MalformedEventError(`detail.requestParameters.${field}`);
}
