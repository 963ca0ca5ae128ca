export type {
  DeliverManyOptions,
  DeliverOptions,
  DeliveryReport,
  ServiceEvent,
  TargetDelivery,
  TargetOutcome,
} from './delivery/types.ts';
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
