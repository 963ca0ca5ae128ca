import * as z from 'zod';
import { parseSecret } from '../http/parse-secret.ts';

/** Goes into a header as it is: anything else would make the header, and with it the secret, part of an error. */
const token = z
  .string()
  .min(1)
  .regex(/^[\x21-\x7e]+$/, 'has characters that no token has');
const word = z.string().min(1);

/** What `Authorization` says, and what may appear in no error or log. */
export interface Authorization {
  readonly header: string;
  readonly confidential: readonly string[];
}

const cloudSecret = z
  .object({ email: word, token })
  .transform(({ email, token: secret }) => basic(email, secret));
const tokenSecret = z.object({ token }).transform(({ token: secret }) => bearer(secret));
const userSecret = z
  .object({ user: word, password: word })
  .transform(({ user, password }) => basic(user, password));

/** Cloud: e-mail and API token. Data Center: personal access token. */
export function jiraAuthorization(
  channel: { readonly name: string; readonly edition: 'cloud' | 'data-center' },
  secret: unknown,
): Authorization {
  return parseSecret(channel.name, channel.edition === 'cloud' ? cloudSecret : tokenSecret, secret);
}

/** User and password, or an OAuth token where the secret has one. */
export function serviceNowAuthorization(
  channel: { readonly name: string },
  secret: unknown,
): Authorization {
  const hasToken = typeof secret === 'object' && secret !== null && 'token' in secret;
  return parseSecret(channel.name, hasToken ? tokenSecret : userSecret, secret);
}

function basic(user: string, password: string): Authorization {
  const encoded = Buffer.from(`${user}:${password}`).toString('base64');
  return { header: `Basic ${encoded}`, confidential: [password, encoded] };
}

function bearer(secret: string): Authorization {
  return { header: `Bearer ${secret}`, confidential: [secret] };
}
