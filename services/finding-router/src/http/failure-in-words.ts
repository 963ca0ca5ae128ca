/**
 * Why an exchange broke, from the code of the error alone: its message can quote a URL or a header, which can be the secret.
 *
 * @example
 * failureInWords(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })); // 'ECONNREFUSED'
 */
export function failureInWords(error: unknown): string {
  const { name, code, cause } = partsOf(error);
  if (name === 'TimeoutError' || name === 'AbortError') return 'no answer in time';
  return plainCode(code) ?? plainCode(partsOf(cause).code) ?? 'the connection failed';
}

function partsOf(error: unknown): { name?: unknown; code?: unknown; cause?: unknown } {
  return typeof error === 'object' && error !== null ? error : {};
}

function plainCode(code: unknown): string | undefined {
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : undefined;
}
