import { createHash } from 'node:crypto';
import {
  GetAutomationExecutionCommand,
  type SSMClient,
  SSMServiceException,
  StartAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';
import { ActionRefusedError } from '../errors.ts';

/** A document that is to be started. */
export interface AutomationStart {
  readonly document: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Starting with the same token again starts nothing, and names the same execution. */
  readonly token: string;
}

/** How an execution stands. */
export interface AutomationExecution {
  readonly id: string;
  /** As Systems Manager says it, e.g. `InProgress`. */
  readonly status: string;
  /** ISO 8601. */
  readonly startedAt?: string;
}

/** Documents of Systems Manager that run. */
export interface Automations {
  /**
   * Starts a document.
   *
   * @returns the id of its execution.
   * @throws ActionRefusedError where AWS will not start it, however often it is asked.
   */
  start(start: AutomationStart): Promise<string>;
  execution(id: string): Promise<AutomationExecution>;
}

/**
 * `Automations` on Systems Manager, in the client's account and Region.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html
 */
export function ssmAutomations(client: SSMClient): Automations {
  return {
    async start({ document: DocumentName, parameters, token }) {
      const Parameters = Object.fromEntries(
        Object.entries(parameters).map(([name, values]) => [name, [...values]]),
      );
      const ClientToken = uuidOf(token);
      try {
        const { AutomationExecutionId = '' } = await client.send(
          new StartAutomationExecutionCommand({ DocumentName, Parameters, ClientToken }),
        );
        return AutomationExecutionId;
      } catch (error) {
        throw isFinal(error)
          ? new ActionRefusedError(DocumentName, error.name, { cause: error })
          : error;
      }
    },
    async execution(AutomationExecutionId) {
      const { AutomationExecution: held = {} } = await client.send(
        new GetAutomationExecutionCommand({ AutomationExecutionId }),
      );
      const { AutomationExecutionStatus: status = 'unknown', ExecutionStartTime } = held;
      return {
        id: AutomationExecutionId,
        status,
        ...(ExecutionStartTime && { startedAt: ExecutionStartTime.toISOString() }),
      };
    },
  };
}

const final = new Set([
  'AccessDeniedException',
  'AutomationDefinitionNotApprovedException',
  'AutomationDefinitionNotFoundException',
  'AutomationDefinitionVersionNotFoundException',
  'IdempotentParameterMismatch',
  'InvalidAutomationExecutionParametersException',
  'InvalidTarget',
  'ValidationException',
]);

function isFinal(error: unknown): error is SSMServiceException {
  return error instanceof SSMServiceException && final.has(error.name);
}

/** A version-8 UUID of an id: Systems Manager takes no other token. */
function uuidOf(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex').slice(0, 32);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
