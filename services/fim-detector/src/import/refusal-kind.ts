/** What a refusal says of the next try. */
export type RefusalKind =
  /** Nothing of this account and Region will be taken: Security Hub is off there, or Riposte may not enter. */
  | 'account'
  /** The finding as it is will never be taken. */
  | 'input'
  /** It is not there. */
  | 'gone'
  /** Later, perhaps. */
  | 'passing';

/** Codes of failed findings, and names of errors of Security Hub and Security Token Service. */
const kinds: Readonly<Record<string, RefusalKind>> = {
  InvalidAccess: 'account',
  InvalidAccessException: 'account',
  AccessDenied: 'account',
  AccessDeniedException: 'account',
  // A Region that the account has not opened.
  UnrecognizedClientException: 'account',
  InvalidClientTokenId: 'account',
  RegionDisabledException: 'account',
  InvalidInput: 'input',
  InvalidInputException: 'input',
  ValidationException: 'input',
  FindingSizeExceeded: 'input',
  FindingNotFound: 'gone',
  ResourceNotFoundException: 'gone',
};

/**
 * What a code or an error's name says.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_ImportFindingsError.html
 */
export function refusalKind(code: string): RefusalKind {
  return Object.hasOwn(kinds, code) ? (kinds[code] ?? 'passing') : 'passing';
}
