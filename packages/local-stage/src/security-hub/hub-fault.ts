import { StageError } from '../errors.ts';

/** An error that the API answers with: its name, HTTP status and message go to the caller. */
export class HubFault extends StageError {
  override readonly name = 'HubFault';
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;

  constructor(code: keyof typeof statusOf, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.status = statusOf[code];
    this.retryable = this.status === 429 || this.status >= 500;
  }
}

/** HTTP status by error, as in the API's model. */
const statusOf = {
  AccessDeniedException: 403,
  ConflictException: 409,
  InternalException: 500,
  InvalidAccessException: 401,
  InvalidInputException: 400,
  LimitExceededException: 429,
  ResourceConflictException: 409,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 402,
  ThrottlingException: 429,
  ValidationException: 400,
} as const;

/** V1's answer to a request that does not fit its model. */
export function invalidInput(parameter: string, problem: string): HubFault {
  return new HubFault('InvalidInputException', `Invalid parameter '${parameter}'. ${problem}`);
}

/** V2's answer to a request that does not fit its model. */
export function invalidV2(problem: string): HubFault {
  return new HubFault('ValidationException', problem);
}
