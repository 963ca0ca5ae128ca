import * as z from 'zod';
import { feedSources } from './feeds/refresh-feeds.ts';

const text = z.string().min(1);
const list = z
  .string()
  .default('')
  .transform((commas) =>
    commas
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

/** The environment that every function of the router reads. */
export const routerEnvironment = z.object({
  RIPOSTE_FUNCTION: text,
  RIPOSTE_STAGE: text,
  AWS_REGION: text,
  ROUTER_TABLE_NAME: text,
  /** The one Region whose deployment acts; empty: this one. */
  HOME_REGION: z.string().default(''),
});
export type RouterConfig = z.infer<typeof routerEnvironment>;

/** What routing reads besides: where effects leave. */
export const routeEnvironment = routerEnvironment.extend({
  UPDATES_QUEUE_URL: text,
  ALERTS_QUEUE_URL: text,
  ACTIONS_QUEUE_URL: text,
  EVIDENCE_QUEUE_URL: text,
  JIRA_QUEUE_URL: text,
  SERVICENOW_QUEUE_URL: text,
  FEEDS_BUCKET_NAME: text,
  ALERTS_TOPIC_ARN: text,
  METRICS_BY_RULE: z.stringbool().default(false),
});
export type RouteConfig = z.infer<typeof routeEnvironment>;

const settings = {
  SETTINGS_PARAMETER: text,
  KILL_SWITCH_PARAMETER: text,
};

/** What updating findings reads besides. */
export const updateEnvironment = routerEnvironment.extend(settings);
export type UpdateConfig = z.infer<typeof updateEnvironment>;

/** What carrying out actions reads besides. */
export const actEnvironment = routerEnvironment.extend({
  ...settings,
  EVENT_BUS_NAME: text,
  ALERTS_TOPIC_ARN: text,
  /** Where response records are: foundation's table. */
  STATE_TABLE_NAME: text,
  /** Comma-separated names of Systems Manager documents that rules may start. */
  AUTOMATION_DOCUMENTS: list,
});
export type ActConfig = z.infer<typeof actEnvironment>;

/** What taking in alerts reads besides. */
export const groupEnvironment = routerEnvironment.extend({ WAKE_QUEUE_URL: text });
export type GroupConfig = z.infer<typeof groupEnvironment>;

/** What telling of groups reads besides: where messages leave. */
export const tellEnvironment = routerEnvironment.extend({
  SNS_QUEUE_URL: text,
  SLACK_QUEUE_URL: text,
  TEAMS_QUEUE_URL: text,
  PAGERDUTY_QUEUE_URL: text,
  WEBHOOK_QUEUE_URL: text,
});
export type TellConfig = z.infer<typeof tellEnvironment>;

/** What keeping evidence reads: the bucket, and the table that large documents lie in. */
export const evidenceEnvironment = z.object({
  EVIDENCE_BUCKET_NAME: text,
  ROUTER_TABLE_NAME: text,
});
export type EvidenceConfig = z.infer<typeof evidenceEnvironment>;

/** What fetching feeds reads: where they go, and where they come from. */
export const feedsEnvironment = z.object({
  FEEDS_BUCKET_NAME: text,
  KEV_URL: z.url().default(feedSources.kev),
  EPSS_URL: z.url().default(feedSources.epss),
});
