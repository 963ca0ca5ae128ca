import * as z from 'zod';
import { UnreadableBaselineError } from '../errors.ts';
import type { TrailConfiguration, TrailId } from './ports.ts';

/** A trail's approved settings. Moved only by a person or a listed deployment, never by what is found. */
export interface Baseline {
  /** Counts approvals from 1. */
  readonly version: number;
  readonly trail: TrailId;
  readonly configuration: TrailConfiguration;
  readonly approvedBy: string;
  /** ISO 8601. */
  readonly approvedAt: string;
  readonly reason: string;
}

/** Reads approved settings. */
export interface Baselines {
  of(trailArn: string): Promise<Baseline | undefined>;
  all(): Promise<readonly Baseline[]>;
}

const list = z.array(z.string());
const field = z.looseObject({ Field: z.string() });
const configuration = z.looseObject({
  name: z.string(),
  s3BucketName: z.string(),
  includeGlobalServiceEvents: z.boolean(),
  isMultiRegionTrail: z.boolean(),
  isOrganizationTrail: z.boolean(),
  logFileValidationEnabled: z.boolean(),
  eventSelectors: z.array(z.looseObject({})),
  advancedEventSelectors: z.array(z.looseObject({ FieldSelectors: z.array(field) })),
  insightTypes: list,
  tags: z.record(z.string(), z.string()),
});
const text = z.string().min(1);
const baseline = z.looseObject({
  version: z.int().min(1),
  trail: z.looseObject({ arn: text, name: text, accountId: text, region: text, partition: text }),
  configuration,
  approvedBy: z.string(),
  approvedAt: z.string(),
  reason: z.string(),
});

/**
 * Checks what the state table holds before it is written over a trail.
 *
 * @throws UnreadableBaselineError naming the first field that is missing or wrong.
 */
export function readBaseline(value: unknown): Baseline {
  const result = baseline.safeParse(value);
  if (result.success && isBaseline(value)) return value;
  throw new UnreadableBaselineError(
    result.error?.issues[0]?.path.map(String).join('.') || '(root)',
    { cause: result.error },
  );
}

function isBaseline(value: unknown): value is Baseline {
  return baseline.safeParse(value).success;
}
