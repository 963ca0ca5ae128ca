import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DoubleAnswer, DoubleRequest, HttpDouble } from '../http-double.ts';
import { parseJson } from '../parse-json.ts';
import { repeats } from '../repeats.ts';
import { type DoubleOptions, startDouble } from '../start-double.ts';

export interface WebhookDoubleOptions extends DoubleOptions {
  /** What deliveries are signed with. */
  readonly key: string;
  /** Answers 409 to a delivery that it has; 200 where absent. */
  readonly refusesRepeats?: boolean;
}

export interface WebhookDelivery {
  readonly id: string;
  readonly body: unknown;
}

export interface WebhookDouble extends HttpDouble {
  /** The verified ones, repeats included. */
  deliveries(): readonly WebhookDelivery[];
  /** How many deliveries came once more with an id that came before. */
  duplicates(): number;
}

const windowSeconds = 300;

/** Plays a receiver of signed webhooks that does what docs/webhook.md asks of one. */
export async function startWebhookDouble(options: WebhookDoubleOptions): Promise<WebhookDouble> {
  const deliveries: WebhookDelivery[] = [];
  const now = options.now ?? (() => new Date());
  const double = await startDouble((request): DoubleAnswer => {
    if (!isSigned(request, options.key, now())) return { status: 401, body: 'signature' };
    const id = request.headers['x-riposte-delivery'];
    const body = parseJson(request.body);
    if (id === undefined || body === undefined) return { status: 400, body: 'no delivery' };
    const isRepeat = deliveries.some((other) => other.id === id);
    deliveries.push({ id, body });
    return { status: isRepeat && options.refusesRepeats ? 409 : 200, body: '' };
  }, options);
  return {
    ...double,
    deliveries: () => deliveries,
    duplicates: () => repeats(deliveries.map(({ id }) => id)),
  };
}

function isSigned({ headers, body }: DoubleRequest, key: string, now: Date): boolean {
  const header = headers['x-riposte-signature'] ?? '';
  const [, time = '', hex = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (hex === '' || Math.abs(now.getTime() / 1000 - Number(time)) > windowSeconds) return false;
  const wanted = createHmac('sha256', key).update(`${time}.${body}`).digest();
  return timingSafeEqual(wanted, Buffer.from(hex, 'hex'));
}
