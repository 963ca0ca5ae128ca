export type {
  ClaimResult,
  Clock,
  ListQuery,
  Mode,
  ResponseRecords,
  ServiceSettings,
  Settings,
  SwitchState,
} from './ports.ts';
