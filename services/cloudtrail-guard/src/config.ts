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
