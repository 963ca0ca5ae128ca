import type { Observation } from './tell-problems.ts';
import type { WatchedProblem } from './watched-problem.ts';

/** A resource data sync of this account and Region. */
export interface ResourceDataSync {
  readonly name: string;
  readonly bucket: string;
  /** `Successful`, `Failed` or `InProgress`. */
  readonly status: string;
  /** Anybody's text. */
  readonly message?: string;
  readonly lastSuccessAt?: string;
}

export interface ResourceDataSyncs {
  list(): Promise<readonly ResourceDataSync[]>;
}

/** Which syncs are expected, and where they are. */
export interface SyncOptions {
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  /** The one that has to be there; empty: syncs are made elsewhere. */
  readonly syncName: string;
}

/** Whether inventories reach the bucket: syncs that failed, and the one that is not there any more. */
export async function watchSyncs(
  syncs: ResourceDataSyncs,
  { account, region, bucket, syncName }: SyncOptions,
): Promise<Observation> {
  const all = await syncs.list();
  const problem = 'sync-failed' as const;
  const subjectOf = (name: string) => ({ kind: 'sync' as const, account, region, name });
  const failed: WatchedProblem[] = all
    .filter((one) => one.bucket === bucket && one.status === 'Failed')
    .map(({ name, status, message, lastSuccessAt }) => ({
      problem,
      subject: subjectOf(name),
      details: {
        status,
        ...(message !== undefined && { message }),
        ...(lastSuccessAt !== undefined && { 'last success': lastSuccessAt }),
      },
    }));
  const isMissing =
    syncName !== '' && !all.some((one) => one.name === syncName && one.bucket === bucket);
  const missing = { problem, subject: subjectOf(syncName), details: { status: 'it is not there' } };
  return {
    found: isMissing ? [...failed, missing] : failed,
    judges: ({ subject }) => subject.kind === 'sync',
  };
}
