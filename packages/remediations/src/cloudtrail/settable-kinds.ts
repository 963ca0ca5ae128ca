/**
 * Kinds of incident whose mode a person may set for the guard of trails. Blinded trails have the mode of stopped ones, and changes to Riposte
 * itself are told whatever the settings say: neither is among them, so that nobody believes to have set one.
 */
export const settableKinds = [
  'trail-stopped',
  'trail-weakened',
  'trail-deleted',
  'trail-stopped-repeatedly',
  'trail-attempt',
  'trail-unreadable',
  'trail-storage',
  'no-subscriber',
] as const;
