import { createHmac, timingSafeEqual } from 'node:crypto';

/** A request as the function's HTTP entry got it. */
export interface SignedRequest {
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it was sent: what is parsed and written again has another signature. */
  readonly rawBody: string;
  readonly now: Date;
  readonly signingSecret: string;
}

/** Older requests could be recordings. */
const windowSeconds = 300;
/** Slack's are 32 characters. An empty key would let everybody sign. */
const shortestSecret = 16;
/** No click is as long. */
const longestBody = 500_000;

/**
 * Why a request is not believed to come from Slack; undefined where it is.
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function slackSignatureProblem(request: SignedRequest): string | undefined {
  const { rawBody, now, signingSecret } = request;
  if (signingSecret.length < shortestSecret) return 'the signing secret is missing';
  if (rawBody.length > longestBody) return 'the body is too long';
  const timestamp = headerOf(request, 'x-slack-request-timestamp');
  const signature = headerOf(request, 'x-slack-signature');
  if (!/^\d{1,12}$/.test(timestamp)) return 'the timestamp is missing';
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > windowSeconds) {
    return 'the timestamp is more than five minutes away';
  }
  const hmac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${rawBody}`).digest();
  const given = Buffer.from(/^v0=([0-9a-f]{64})$/.exec(signature)?.[1] ?? '', 'hex');
  const matches = given.length === hmac.length && timingSafeEqual(given, hmac);
  return matches ? undefined : 'the signature does not match';
}

function headerOf({ headers }: SignedRequest, wanted: string): string {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
}
