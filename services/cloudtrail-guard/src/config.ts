import * as z from 'zod';

const text = z.string().min(1);

const shared = {
  RIPOSTE_FUNCTION: text,
  RIPOSTE_STAGE: text,
  AWS_REGION: text,
  STATE_TABLE_NAME: text,
  ALERTS_TOPIC_ARN: text,
  SETTINGS_PARAMETER: text,
  KILL_SWITCH_PARAMETER: text,
  MEMBER_ROLE_NAME: z.string().default(''),
  /** The one Region whose deployment acts; empty: this one. */
  HOME_REGION: z.string().default(''),
};

/** The environment that every function of the guard reads. */
export const guardEnvironment = z.object(shared);
export type GuardConfig = z.infer<typeof guardEnvironment>;

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

/** What the sweep reads besides. */
export const sweepEnvironment = guardEnvironment.extend({
  LAST_RESORT_TOPIC_ARN: text,
  /** Comma-separated accounts that are swept besides the own one, through the member role. */
  SWEEP_ACCOUNTS: list,
  /** Comma-separated Regions that are swept besides those that trails and baselines name. */
  SWEEP_REGIONS: list,
});
export type SweepConfig = z.infer<typeof sweepEnvironment>;

/** What watching Riposte itself reads besides. */
export const selfEnvironment = guardEnvironment.extend({
  LAST_RESORT_TOPIC_ARN: text,
  EVIDENCE_BUCKET_NAME: z.string().default(''),
  EVENT_BUS_NAME: z.string().default(''),
  /** The state's key: its ARN carries no name that tells it as Riposte's. */
  STATE_KEY_ARN: z.string().default(''),
});
export type SelfConfig = z.infer<typeof selfEnvironment>;
