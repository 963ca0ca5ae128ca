export { attachStage } from './background/attach-stage.ts';
export { type HoldOptions, holdStage } from './background/hold-stage.ts';
export { endStage, launchStage } from './background/launch-stage.ts';
export { readState, type StageState, stageNames } from './background/stage-state.ts';
export type {
  DoubleAnswer,
  DoubleBehaviour,
  DoubleFault,
  DoubleRequest,
  HttpDouble,
  RecordedRequest,
} from './channel-doubles/http-double.ts';
export { startJiraDouble } from './channel-doubles/jira/start-jira-double.ts';
export type {
  JiraDouble,
  JiraDoubleIssue,
  JiraDoubleOptions,
  JiraEvent,
  JiraPerson,
  JiraTransition,
  JiraWorkflow,
} from './channel-doubles/jira/types.ts';
export type { PagerDutyAlert } from './channel-doubles/pagerduty/alert-desk.ts';
export {
  type PagerDutyDouble,
  type PagerDutyDoubleOptions,
  startPagerDutyDouble,
} from './channel-doubles/pagerduty/start-pagerduty-double.ts';
export { startServiceNowDouble } from './channel-doubles/servicenow/start-servicenow-double.ts';
export type {
  DoubleIncident,
  IncidentEvent,
  ServiceNowDouble,
  ServiceNowDoubleOptions,
} from './channel-doubles/servicenow/types.ts';
export type { SlackMessage } from './channel-doubles/slack/slack-conversations.ts';
export {
  type SlackDouble,
  type SlackDoubleOptions,
  startSlackDouble,
} from './channel-doubles/slack/start-slack-double.ts';
export { type DoubleOptions, startDouble } from './channel-doubles/start-double.ts';
export {
  startTeamsDouble,
  type TeamsCard,
  type TeamsDouble,
  type TeamsDoubleOptions,
} from './channel-doubles/teams/start-teams-double.ts';
export {
  startWebhookDouble,
  type WebhookDelivery,
  type WebhookDouble,
  type WebhookDoubleOptions,
} from './channel-doubles/webhook/start-webhook-double.ts';
export type {
  DeliverManyOptions,
  DeliverOptions,
  DeliveryReport,
  ServiceEvent,
  TargetDelivery,
  TargetOutcome,
} from './delivery/types.ts';
export {
  DeployError,
  EmulatorError,
  LockTimeoutError,
  MalformedServiceEventError,
  MissingPrerequisiteError,
  StageError,
  StageNotFoundError,
  UnknownOperationError,
} from './errors.ts';
export type {
  Caller,
  GuardDutyForm,
  Play,
  Played,
  PlayedCall,
  PlayedFinding,
  PlayedService,
  PlayOptions,
} from './play/types.ts';
export type { FaultEffect, FaultInjector, FaultRule, RecordedCall } from './proxy/types.ts';
export { randomNumbers } from './random-numbers.ts';
export { startSecurityHub } from './security-hub/start-security-hub.ts';
export type { SecurityHub, SecurityHubOptions } from './security-hub/types.ts';
export { startStage } from './start-stage.ts';
export type {
  AccountRegion,
  AttachedStage,
  DeployOptions,
  LogLine,
  Stage,
  StageMessage,
  StageOptions,
  TrailDelivery,
} from './types.ts';
