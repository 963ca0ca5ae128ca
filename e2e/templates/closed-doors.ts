import { accessTo } from './access.ts';
import { resourceStatements } from './policies.ts';
import { labelOf, type Placed, placedResources, type World } from './stack.ts';

/** Something that a resource's own policy denies to everybody, whatever their own policies say. */
export interface Door {
  readonly what: string;
  readonly isClosed: boolean;
}

interface Try {
  readonly action: string;
  /** Below the resource's ARN. */
  readonly suffix?: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly why: string;
}

const encrypted = { 'aws:SecureTransport': 'true' };
const plain = { 'aws:SecureTransport': 'false' };
const create = { ...encrypted, 's3:ObjectCreationOperation': 'true' };

/** What must be denied, by the resource that it is tried on. */
const tries: Readonly<Record<string, readonly Try[]>> = {
  'foundation/EventBus': [{ action: 'events:PutEvents', why: 'a forged event' }],
  'foundation/AlertsTopic': [
    { action: 'sns:Publish', context: plain, why: 'an unencrypted message' },
  ],
  'foundation/LastResortTopic': [
    { action: 'sns:Publish', context: plain, why: 'an unencrypted message' },
  ],
  'foundation/EvidenceBucket': [
    { action: 's3:PutObject', suffix: '/a', context: plain, why: 'unencrypted evidence' },
    { action: 's3:ListBucket', context: plain, why: 'an unencrypted list' },
    { action: 's3:PutObject', suffix: '/a', context: create, why: 'evidence that replaces' },
    ...[
      ...['s3:BypassGovernanceRetention', 's3:PutObjectRetention', 's3:PutObjectLegalHold'],
      ...['s3:DeleteObject', 's3:DeleteObjectVersion'],
    ].map((action) => ({ action, suffix: '/a', context: encrypted, why: 'evidence that goes' })),
    ...[
      ...['s3:PutBucketObjectLockConfiguration', 's3:PutBucketVersioning'],
      ...['s3:PutLifecycleConfiguration', 's3:DeleteBucket'],
    ].map((action) => ({ action, context: encrypted, why: 'a bucket that forgets' })),
  ],
  'finding-router/FeedsBucket': [
    { action: 's3:PutObject', suffix: '/a', context: plain, why: 'an unencrypted feed' },
    { action: 's3:ListBucket', context: plain, why: 'an unencrypted list' },
  ],
  'fim-detector/InventoryBucket': [
    { action: 's3:PutObject', suffix: '/a', context: plain, why: 'an unencrypted inventory' },
    { action: 's3:ListBucket', context: plain, why: 'an unencrypted list' },
  ],
  'fim-detector/AccessLogBucket': [
    { action: 's3:GetObject', suffix: '/a', context: plain, why: 'an unencrypted log' },
    { action: 's3:ListBucket', context: plain, why: 'an unencrypted list' },
  ],
  'foundation/StateKey': [
    { action: 'kms:ScheduleKeyDeletion', why: 'a lost key' },
    { action: 'kms:DisableKey', why: 'a disabled key' },
  ],
};

/** Tries each door as an administrator of the account. */
export function closedDoors(world: World): readonly Door[] {
  return placedResources(world).flatMap((target) =>
    (tries[labelOf(target)] ?? []).map((one) => door(world, target, one)),
  );
}

function door(world: World, target: Placed, { action, suffix = '', context = {}, why }: Try): Door {
  const { partition, accountId } = target.stack.place;
  const arn = `arn:${partition}:iam::${accountId}:role/administrator`;
  const request = {
    principal: { arn },
    action,
    resource: target.resource.arn + suffix,
    context: { 'aws:PrincipalArn': arn, ...context },
  };
  const { deniedBy } = accessTo(request, { resource: resourceStatements(world, target) });
  return { what: `${labelOf(target)}: ${action}, ${why}`, isClosed: deniedBy.length > 0 };
}
