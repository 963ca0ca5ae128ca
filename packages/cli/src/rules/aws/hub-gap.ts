import { isAccessDenied } from '../../aws/explain-error.ts';

const notEnabled = new Set([
  'InvalidAccessException',
  'ResourceNotFoundException',
  // Of Security Hub V2 where it is off.
  'ConflictException',
]);

/** The two services that are called Security Hub. */
export type HubName = 'Security Hub CSPM (ASFF)' | 'Security Hub (OCSF)';

/**
 * Why one of the two services cannot be asked here, in words.
 *
 * @throws the error itself where it says something else: a result that lacks a part without saying so would be wrong.
 */
export function gapOf(hub: HubName, error: unknown): string {
  if (!(error instanceof Error)) throw error;
  if (notEnabled.has(error.name)) return `${hub} is not enabled in this account and Region`;
  if (isAccessDenied(error)) return `${hub} may not be read: ${error.message}`;
  throw error;
}
