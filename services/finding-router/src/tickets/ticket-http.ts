import type * as z from 'zod';
import { ChannelDownError } from '../errors.ts';
import { allowedUrl } from '../http/allowed-url.ts';
import { requestJson } from '../http/request-json.ts';
import { saidBy } from '../http/said-by.ts';
import type { TicketDeps } from './ticket-deps.ts';
import type { Authorization } from './ticket-secrets.ts';

/** Statuses below 500 that a later try can better: conflicts with another change, locks, replays. */
const passing = new Set([409, 423, 425]);

export interface TicketAnswer {
  /** 200 to 299, or 400 to 499 where repeating cannot help. */
  readonly status: number;
  /** Parsed JSON; undefined where the answer is empty, or an error that is no JSON. */
  readonly body: unknown;
  /** The beginning of the answer, escaped, without secrets. */
  readonly said: string;
}

export interface TicketRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Below the channel's URL, encoded, with its query. */
  readonly path: string;
  readonly body?: unknown;
}

/** Makes somebody's words fit for an error: escaped, cut, without the channel's secrets. */
export type Say = (words: string) => string;

export interface TicketHttp {
  readonly say: Say;
  /** @throws ChannelBusyError, ChannelDownError, DeliveryRefusedError */
  call(request: TicketRequest): Promise<TicketAnswer>;
  /** @throws ChannelDownError where an answer of success is not what the system answers. */
  read<T>(schema: z.ZodType<T>, answer: TicketAnswer): T;
}

/**
 * JSON to and from the system of one channel, as `requestJson`. An answer of success that is no JSON is the page of something else:
 * a log-in, a maintenance, an instance that sleeps.
 *
 * @throws DeliveryRefusedError where the channel's URL is not one to send a secret to
 */
export function createTicketHttp(
  channel: { readonly name: string; readonly url: string },
  { header, confidential }: Authorization,
  { now, timeoutMs }: Pick<TicketDeps, 'now' | 'timeoutMs'>,
): TicketHttp {
  const { origin, pathname } = allowedUrl(channel.name, channel.url);
  const base = `${origin}${pathname.replace(/\/+$/, '')}`;
  const say: Say = (words) => saidBy(words, confidential);
  return {
    say,
    async call({ method, path, body }) {
      const { status, json, text } = await requestJson({
        ...{ channel: channel.name, url: `${base}${path}`, method, now, timeoutMs },
        headers: { authorization: header },
        ...(body === undefined ? {} : { body }),
      });
      const said = say(text);
      if (passing.has(status)) throw new ChannelDownError(channel.name, `HTTP ${status}: ${said}`);
      if (status < 300 && json === undefined && text !== '') {
        throw new ChannelDownError(channel.name, `HTTP ${status} without JSON: ${said}`);
      }
      return { status, body: json, said };
    },
    read(schema, { body, said }) {
      const parsed = schema.safeParse(body);
      if (parsed.success) return parsed.data;
      const path = parsed.error.issues[0]?.path.join('.') ?? '';
      throw new ChannelDownError(channel.name, `answer without ${say(path)}: ${said}`);
    },
  };
}
