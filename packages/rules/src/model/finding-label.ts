/** Labels that every finding has, by which it is grouped, silenced and held back; other names are paths of its document. */
export const findingLabels = [
  'finding',
  'account',
  'region',
  'control',
  'resource',
  'resourceType',
  'owner',
  'team',
  'severity',
  'product',
  'rule',
  'type',
] as const;

export type FindingLabel = (typeof findingLabels)[number];
