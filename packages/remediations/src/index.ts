export {
  AccessRefusedError,
  ChangeRejectedError,
  RemediationError,
  ResourceGoneError,
  ServiceFailedError,
  UnreadableBaselineError,
} from './errors.ts';
export type { Remediation, Risk, Verification } from './remediation.ts';
