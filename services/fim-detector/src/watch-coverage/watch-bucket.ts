import type { Observation } from './tell-problems.ts';
import type { WatchedProblem, WatchedSubject } from './watched-problem.ts';

/** The bucket that inventories lie in. */
export interface WatchedBucket {
  /** `Enabled`, `Suspended`, or undefined where it never was on. */
  versioning(): Promise<string | undefined>;
  /** Whether anybody is told of new objects. */
  notifies(): Promise<boolean>;
}

/**
 * Whether the bucket keeps what was there before, and says what arrives. Without versions, changes cannot be told; without notifications,
 * only the sweep finds them.
 */
export async function watchBucket(
  bucket: WatchedBucket,
  subject: WatchedSubject,
): Promise<Observation> {
  const [versioning, notifies] = await Promise.all([bucket.versioning(), bucket.notifies()]);
  const isOff = versioning !== 'Enabled';
  const found: readonly WatchedProblem[] = [
    ...(isOff
      ? [
          {
            subject,
            problem: 'versioning-off' as const,
            details: { status: versioning ?? 'never on' },
          },
        ]
      : []),
    ...(notifies ? [] : [{ subject, problem: 'notifications-off' as const, details: {} }]),
  ];
  return {
    found,
    judges: (held) => held.subject.kind === 'bucket' && held.subject.name === subject.name,
  };
}
