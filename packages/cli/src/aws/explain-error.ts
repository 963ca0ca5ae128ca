import { StageError } from '@riposte/local-stage';
import { AwsCallError, CliError, StageCommandError } from '../errors.ts';

const credentials = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
]);
const refused = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AccessRefusedError',
  'AuthorizationError',
  'AuthorizationErrorException',
  'InsufficientPrivilegesException',
  'UnauthorizedOperation',
]);
const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ECONNRESET', 'EAI_AGAIN']);

const stageRemedies: Readonly<Record<string, string>> = {
  StageNotFoundError: 'start one: riposte stage up; end one that is in the way: riposte stage down',
  EmulatorError: 'try again; if it stays, riposte stage down and up',
  DeployError:
    'the end of its output says why; it can be run by hand: eval "$(riposte stage env)", then npx sls deploy in its folder',
  LockTimeoutError: 'wait for the other deploy to end, and try again',
  MalformedServiceEventError: 'correct the field that it names; services/*/events has samples',
};

/** True where AWS says that the caller may not. */
export function isAccessDenied(error: unknown): boolean {
  return error instanceof Error && refused.has(error.name);
}

/** Puts anything thrown into words that say what to do; errors of `riposte` itself stay as they are. */
export function explainError(thrown: unknown): CliError {
  if (thrown instanceof CliError) return thrown;
  if (!(thrown instanceof Error))
    return new AwsCallError(String(thrown), 'this is unexpected: please report it');
  const options = { cause: thrown };
  if (thrown instanceof StageError) {
    const remedy = stageRemedies[thrown.name] ?? 'the message says what is wrong';
    return new StageCommandError(thrown.message, remedy, options);
  }
  if (credentials.has(thrown.name)) {
    const remedy = 'log in first (e.g. aws sso login), or choose another --profile';
    return new AwsCallError(`no usable AWS credentials: ${thrown.message}`, remedy, options);
  }
  if (isAccessDenied(thrown)) {
    const remedy = 'ask for the permission that the message names, or choose another --profile';
    return new AwsCallError(`AWS refuses this: ${thrown.message}`, remedy, options);
  }
  const code = 'code' in thrown ? String(thrown.code) : '';
  if (unreachable.has(code)) {
    const remedy = 'check the network, --region, and AWS_ENDPOINT_URL if it is set';
    return new AwsCallError(`AWS cannot be reached (${code})`, remedy, options);
  }
  const canRetry = 'retryable' in thrown && thrown.retryable === true;
  const remedy = canRetry ? 'try again' : 'the message says what is wrong; nothing more was done';
  return new AwsCallError(`${thrown.name}: ${thrown.message}`, remedy, options);
}
