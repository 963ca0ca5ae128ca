import type { Severity } from '@riposte/findings';
import type { CoverageProblem } from '../model/tracked-inventory.ts';

/** What a problem of coverage means, and what to do about it. */
export interface CoverageWords {
  readonly title: string;
  readonly description: string;
  readonly remedy: string;
  readonly severity: Severity;
  /** What an attacker may have done it for. */
  readonly isEvasion?: true;
}

export const coverageWords: Readonly<Record<CoverageProblem, CoverageWords>> = {
  'not-reporting': {
    title: 'No inventory',
    description: 'has sent no inventory for longer than two intervals: changes go unseen.',
    remedy:
      'Look at the agent, the instance profile, and the inventory association. More than 500 files, or 5,000 KB a day, silence a node.',
    severity: 'high',
    isEvasion: true,
  },
  'association-failed': {
    title: 'Inventory association failed',
    description:
      'has an inventory association that failed or was skipped: it sends nothing until that works.',
    remedy:
      'Look at the association in State Manager: a node takes one inventory association, and fails past 500 files or 250 registry values.',
    severity: 'high',
    isEvasion: true,
  },
  'near-limit': {
    title: 'Near the limit of 500 files',
    description: 'lists more than 450 files. Past 500 the agent sends nothing at all, of any type.',
    remedy: 'Narrow the paths or patterns of the inventory association before more files come.',
    severity: 'medium',
  },
  'inventory-deleted': {
    title: 'Inventory deleted',
    description:
      'has an inventory whose object was deleted from the bucket. What was known before is kept.',
    remedy:
      'Find out who deleted it (CloudTrail data events of the bucket), and bring the version back or wait for the next inventory.',
    severity: 'high',
    isEvasion: true,
  },
  'baseline-lost': {
    title: 'Baseline lost',
    description:
      'cannot be compared with what was seen before: that version of its inventory is gone. The next one is an unapproved baseline.',
    remedy:
      'Find out who or which lifecycle rule removed the version; look at the node; then approve: riposte fim approve.',
    severity: 'high',
    isEvasion: true,
  },
  'foreign-node': {
    title: 'Inventory of another node',
    description: 'has an inventory whose lines name another node than its key does.',
    remedy: 'Find out who writes into the inventory bucket besides Systems Manager.',
    severity: 'high',
    isEvasion: true,
  },
  'unreadable-lines': {
    title: 'Unreadable lines',
    description: 'has an inventory with lines that cannot be read. The others were compared.',
    remedy: 'Look at the lines: a hostile file name, or a writer other than Systems Manager.',
    severity: 'medium',
    isEvasion: true,
  },
  truncated: {
    title: 'Inventory empty or cut',
    description:
      'has an inventory that is empty or ends in the middle of a line. What is missing from it counts as deleted until it is back.',
    remedy:
      'Look at the node: an unreadable or missing path empties an inventory without an error of the agent.',
    severity: 'medium',
    isEvasion: true,
  },
  'versioning-off': {
    title: 'Versioning off',
    description: 'keeps no versions of inventories: what was there before a change is lost.',
    remedy: 'Switch versioning of the bucket on again.',
    severity: 'high',
    isEvasion: true,
  },
  'notifications-off': {
    title: 'Notifications off',
    description:
      'tells nobody of inventories that arrive: they are compared only when the sweep finds them.',
    remedy: "Switch the bucket's notifications to EventBridge on again.",
    severity: 'high',
    isEvasion: true,
  },
  'sync-failed': {
    title: 'Resource data sync failed',
    description: 'has failed: no inventory reaches the bucket.',
    remedy: "Look at the sync's last status, at the bucket's policy and at its key's policy.",
    severity: 'high',
    isEvasion: true,
  },
};
