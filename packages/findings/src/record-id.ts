import { createHash } from 'node:crypto';

/**
 * The id of an incident: the same for every path that reports it.
 *
 * @param discriminator tells incidents of one kind on one resource apart, e.g. the StopLoggingTime in ISO 8601.
 * @example
 * recordId('trail-stopped', trail.arn, stoppedAt); // 'inc-3f2a…' (20 hexadecimal digits)
 */
export function recordId(kind: string, resourceArn: string, discriminator: string): string {
  const digest = createHash('sha256')
    .update(`${kind}|${resourceArn}|${discriminator}`)
    .digest('hex');
  return `inc-${digest.slice(0, 20)}`;
}
