/** The system's code of an error (`EEXIST`, `ECONNRESET`), where it has one; asked of its members, because errors of another realm are no `Error` here. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
