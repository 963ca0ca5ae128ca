import * as z from 'zod';

/** What the function needs of an HTTP request. */
export interface UrlRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it was sent. */
  readonly rawBody: string;
}

/** What a function URL answers with. */
export interface UrlAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const requestSchema = z.object({
  headers: z.record(z.string(), z.string().optional()),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** A third more in Base64: what is longer is not worth decoding. */
const longestBody = 700_000;

/**
 * Reads the event of a function URL; undefined where it is none, or longer than any click.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export function urlRequest(event: unknown): UrlRequest | undefined {
  const parsed = requestSchema.safeParse(event);
  if (!parsed.success || parsed.data.body.length > longestBody) return undefined;
  const { headers, body, isBase64Encoded } = parsed.data;
  const rawBody = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  return { headers, rawBody };
}

/** An answer in plain words, which may be empty. */
export function urlAnswer(statusCode: number, body = ''): UrlAnswer {
  return { statusCode, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
