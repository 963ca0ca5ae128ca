import type { TrailConfiguration } from '@riposte/remediations/cloudtrail';
import * as z from 'zod';
import { NotVerifiedError } from '../errors.ts';

const text = z.string();
const texts = z.array(text);
const selector = z.looseObject({
  ReadWriteType: text.optional(),
  IncludeManagementEvents: z.boolean().optional(),
  DataResources: z
    .array(z.looseObject({ Type: text.optional(), Values: texts.optional() }))
    .optional(),
  ExcludeManagementEventSources: texts.optional(),
});
const advancedSelector = z.looseObject({
  Name: text.optional(),
  FieldSelectors: z.array(z.looseObject({ Field: text })),
});
const schema = z.looseObject({
  name: text,
  s3BucketName: text,
  s3KeyPrefix: text.optional(),
  snsTopicName: text.optional(),
  includeGlobalServiceEvents: z.boolean(),
  isMultiRegionTrail: z.boolean(),
  isOrganizationTrail: z.boolean(),
  logFileValidationEnabled: z.boolean(),
  cloudWatchLogsLogGroupArn: text.optional(),
  cloudWatchLogsRoleArn: text.optional(),
  kmsKeyId: text.optional(),
  eventSelectors: z.array(selector),
  advancedEventSelectors: z.array(advancedSelector),
  insightTypes: texts,
  tags: z.record(text, text),
});

/** True where a stored value is a trail's whole configuration. */
export function isTrailConfiguration(value: unknown): value is TrailConfiguration {
  return schema.safeParse(value).success;
}

/**
 * Checks a stored configuration before it is believed.
 *
 * @param where it was stored, for the error.
 * @throws NotVerifiedError naming the first field that is missing or wrong.
 */
export function readTrailConfiguration(value: unknown, where: string): TrailConfiguration {
  if (isTrailConfiguration(value)) return value;
  const path = schema.safeParse(value).error?.issues[0]?.path.map(String).join('.') || '(root)';
  throw new NotVerifiedError(
    `${where} is no trail configuration: ${path} is missing or wrong`,
    'it was written by another version, or by hand: approve the trail anew with riposte trail approve',
  );
}
