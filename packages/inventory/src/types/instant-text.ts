const form =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:(Z)|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/**
 * A time in UTC, so that it is the same for the same instant, whichever offset it was written with. What is no complete time with an
 * offset stays as it is: nothing is guessed.
 *
 * @example
 * instantText('2025-07-12T15:48:31+02:00'); // '2025-07-12T13:48:31Z'
 */
export function instantText(text: string): string {
  const [, local, fraction = '', zulu, sign, hours, minutes] = form.exec(text) ?? [];
  if (!local) return text;
  const seconds = Date.parse(`${local}Z`) / 1000;
  // The 30th of February is some engine's 2nd of March.
  if (!isWritten(seconds, local)) return text;
  const offset = zulu ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60);
  const part = fraction.replace(/0+$/, '');
  const instant = new Date((seconds - offset) * 1000).toISOString();
  return instant.replace('.000Z', part === '' ? 'Z' : `.${part}Z`);
}

function isWritten(seconds: number, local: string): boolean {
  return Number.isFinite(seconds) && new Date(seconds * 1000).toISOString().startsWith(local);
}
