import { MalformedEventError } from './errors.ts';
import { type ApiCallRecord, parseCloudTrailRecord } from './parse-api-call.ts';
import { field, isObject, within } from './read.ts';

/**
 * Reads every CloudTrail record of a document: a log file (`{ Records: [...] }`), LookupEvents' answer
 * (`{ Events: [{ CloudTrailEvent }] }`, each a JSON text), a list, or one record.
 *
 * @throws MalformedEventError with the path from the document's root, e.g. `Records.7.eventTime`.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
 * @example
 * const records = parseCloudTrailRecords(JSON.parse(gunzipSync(file).toString()));
 */
export function parseCloudTrailRecords(input: unknown): readonly ApiCallRecord[] {
  if (Array.isArray(input)) return listed(input, parseCloudTrailRecord);
  if (!isObject(input)) throw new MalformedEventError('(root)');
  if (Object.hasOwn(input, 'Records')) return member(input, 'Records', parseCloudTrailRecord);
  if (Object.hasOwn(input, 'Events')) return member(input, 'Events', lookedUp);
  return [parseCloudTrailRecord(input)];
}

type Parse = (input: unknown) => ApiCallRecord;

function member(input: unknown, key: string, parse: Parse): readonly ApiCallRecord[] {
  const held = field(input, key);
  if (!Array.isArray(held)) throw new MalformedEventError(key);
  return within(key, () => listed(held, parse));
}

function listed(items: readonly unknown[], parse: Parse): readonly ApiCallRecord[] {
  return items.map((item, index) => within(String(index), () => parse(item)));
}

function lookedUp(event: unknown): ApiCallRecord {
  if (!isObject(event)) throw new MalformedEventError('(root)');
  return within('CloudTrailEvent', () =>
    parseCloudTrailRecord(json(field(event, 'CloudTrailEvent'))),
  );
}

function json(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
