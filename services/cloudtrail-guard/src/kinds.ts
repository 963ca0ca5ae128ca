import type { settableKinds } from '@riposte/remediations/cloudtrail';
import type { Mode } from '@riposte/responses';

/** What can have been broken, as response records and settings call it. */
export type Kind =
  | (typeof settableKinds)[number]
  /** Changed so that it hides API calls: its mode is that of `trail-stopped`. */
  | 'trail-blinded'
  /** Told whatever the settings say. */
  | 'self-tamper';

/** How far an answer goes where the settings do not say: only a restart cannot hurt. */
export const defaultModes: Readonly<Record<Kind, Mode>> = {
  'trail-stopped': 'enforce',
  'trail-blinded': 'enforce',
  'trail-weakened': 'dry-run',
  'trail-deleted': 'dry-run',
  'trail-stopped-repeatedly': 'notify',
  'trail-attempt': 'notify',
  'trail-unreadable': 'notify',
  'trail-storage': 'notify',
  'self-tamper': 'notify',
  'no-subscriber': 'notify',
};

/** The name under which this service signs its records. */
export const serviceName = 'cloudtrail-guard';
