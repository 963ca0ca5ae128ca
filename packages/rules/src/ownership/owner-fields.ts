/** What is asked of a resource's owner, besides its tags themselves. */
export const ownerFields = [
  'owner',
  'team',
  'businessCriticality',
  'dataClassification',
  'environment',
] as const;

export type OwnerField = (typeof ownerFields)[number];
