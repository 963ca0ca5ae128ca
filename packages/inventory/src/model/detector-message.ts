import type { AsffFinding } from '@riposte/findings';

/** What the detector's queue carries, besides events of S3 in any envelope. `riposte` tells them apart. */
export type DetectorMessage =
  /** Look at an inventory: the sweep, an approval, a new rule, packages that changed. */
  | {
      readonly riposte: 'look';
      readonly bucket: string;
      readonly key: string;
      readonly reason: 'sweep' | 'approval' | 'exception-ended' | 'packages' | 'remind';
    }
  /** A finding that could not be handed in: from the dead-letter queue, redriven. */
  | { readonly riposte: 'import'; readonly findings: readonly AsffFinding[] };
