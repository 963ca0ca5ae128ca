import { CliError } from '../errors.ts';

/** A queue did not take or give up a letter. */
export class RedriveStoppedError extends CliError {
  override readonly name = 'RedriveStoppedError';

  constructor(queue: string, sent: number, options?: ErrorOptions) {
    const { cause } = options ?? {};
    const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    const remedy = `${sent} letters were sent back before; run it again once the reason is mended`;
    super(`stopped at ${queue}: ${said}`, remedy, options);
  }
}
