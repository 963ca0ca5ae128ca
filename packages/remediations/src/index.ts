export {
  AccessRefusedError,
  ChangeRejectedError,
  RemediationError,
  ResourceGoneError,
} from './errors.ts';
export type { Remediation, Risk, Verification } from './remediation.ts';
