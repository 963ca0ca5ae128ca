export {
  AccessRefusedError,
  ChangeRejectedError,
  RemediationError,
  ResourceGoneError,
  UnreadableBaselineError,
} from './errors.ts';
export type { Remediation, Risk, Verification } from './remediation.ts';
