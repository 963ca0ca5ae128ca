import { type Access, accessTo, isAllowed, type PolicySet } from './access.ts';
import type { Request } from './match-statement.ts';
import { identityStatements, resourceStatements, trustStatements } from './policies.ts';
import { labelOf, type Placed, placedAt, urlSuffix, type World } from './stack.ts';

/** One thing that must be allowed, for an arrow to work. */
export interface Permit {
  /** In words, e.g. `sqs:SendMessage by events.amazonaws.com`. */
  readonly what: string;
  readonly access: Access;
  /** Other accounts could do it too. */
  readonly open?: boolean;
  /** The arrow is known by what allows this; only a denial counts. */
  readonly given?: boolean;
}

/** Something that goes from one resource to another. */
export interface Arrow {
  /** E.g. `rule to queue`. */
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly permits: readonly Permit[];
}

/** What is wrong with an arrow, in words; empty: nothing. */
export function faultsOf({ kind, from, to, permits }: Arrow): readonly string[] {
  const name = `${kind}: ${from} -> ${to}`;
  return permits.flatMap(({ what, access, open }) => [
    ...(isAllowed(access)
      ? []
      : [`${name}: ${what} is ${access.deniedBy.length ? 'denied' : 'not allowed'}`]),
    ...(open ? [`${name}: ${what} is open to other accounts`] : []),
  ]);
}

/** A permit that nothing grants, for what is not there at all. */
export function missing(what: string): Permit {
  return { what, access: { grantedBy: [], deniedBy: [] } };
}

/** What a service does, and for which resource. */
export interface ServiceAct {
  readonly service: string;
  readonly sourceArn: string;
  readonly action: string;
  /** Below the target's ARN: an object of a bucket. */
  readonly below?: string;
  /** Condition keys besides those of the source. */
  readonly context?: Request['context'];
}

/** A service acts on a resource for another one, e.g. EventBridge sends to a queue for a rule. */
export function servicePermits(world: World, target: Placed, by: ServiceAct): readonly Permit[] {
  const resource = resourceStatements(world, target);
  const ask = (context: Request['context'] = {}) =>
    accessTo(
      {
        principal: { service: by.service },
        action: by.action,
        resource: `${target.resource.arn}${by.below ?? ''}`,
        context: { ...context, ...by.context },
      },
      { resource },
    );
  const permit: Permit = {
    what: `${by.action} by ${by.service}`,
    access: ask(sourceKeys(by.sourceArn, target)),
    open: isAllowed(ask(foreignKeys(by.sourceArn, target))),
  };
  return [permit, ...keyPermits(world, target, by)];
}

/** What a function's or rule's role does to a resource. */
export function rolePermit(
  role: Placed,
  asked: {
    readonly action: string;
    readonly resource: string;
    readonly context?: Request['context'];
  },
  policies: PolicySet = {},
): Permit {
  const request: Request = {
    principal: { arn: role.resource.arn },
    action: asked.action,
    resource: asked.resource,
    context: { ...principalKeys(role), ...asked.context },
  };
  const identity = identityStatements(role);
  return {
    what: `${asked.action} by ${role.resource.ref}`,
    access: accessTo(request, { identity, ...policies }),
  };
}

/** The service may take the role for this source. */
export function trustPermit(role: Placed, service: string, sourceArn?: string): Permit {
  const request: Request = {
    principal: { service },
    action: 'sts:AssumeRole',
    resource: role.resource.arn,
    context: sourceArn ? sourceKeys(sourceArn, role) : {},
  };
  return {
    what: `sts:AssumeRole of ${role.resource.ref} by ${service}`,
    access: accessTo(request, { resource: trustStatements(role) }),
  };
}

/** The key that a resource is encrypted with, where it is one of these stacks. */
export function keyOf(world: World, { resource }: Placed): Placed | undefined {
  const { KmsMasterKeyId, SSESpecification, BucketEncryption } = resource.properties;
  const given = [KmsMasterKeyId, SSESpecification, BucketEncryption]
    .map((value) => /arn:[\w-]+:kms:[^"]+/.exec(JSON.stringify(value ?? ''))?.[0] ?? '')
    .find((arn) => arn !== '');
  return placedAt(world, given ?? '');
}

/**
 * Services that name the source to KMS. EventBridge does not: there, a key policy with `aws:SourceArn` would lose every event.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
const namesSourceToKms: Readonly<Record<string, boolean>> = {
  'cloudwatch.amazonaws.com': true,
  's3.amazonaws.com': true,
  'sns.amazonaws.com': true,
  'events.amazonaws.com': false,
};

function keyPermits(
  world: World,
  target: Placed,
  by: { readonly service: string; readonly sourceArn: string },
): readonly Permit[] {
  const key = keyOf(world, target);
  if (!key) return [];
  const namesSource = namesSourceToKms[by.service];
  if (namesSource === undefined) return [missing(`${by.service} on a key: not known here`)];
  const resource = resourceStatements(world, key);
  const ask = (action: string, context: Request['context'] = {}) =>
    accessTo(
      { principal: { service: by.service }, action, resource: key.resource.arn, context },
      { resource },
    );
  return ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) => ({
    what: `${action} of ${labelOf(key)} by ${by.service}`,
    access: ask(action, namesSource ? sourceKeys(by.sourceArn, target) : {}),
    open: namesSource && isAllowed(ask(action, foreignKeys(by.sourceArn, target))),
  }));
}

/** What a role needs of the key behind a resource that it uses: through the service, and for nothing else. */
export function roleKeyPermits(world: World, role: Placed, target: Placed): readonly Permit[] {
  const key = keyOf(world, target);
  if (!key) return [];
  const { place } = target.stack;
  const service = target.resource.arn.split(':')[2];
  const context = {
    'kms:ViaService': `${service}.${place.region}.${urlSuffix(place)}`,
    'kms:CallerAccount': role.stack.place.accountId,
  };
  const policies: PolicySet = { resource: resourceStatements(world, key), resourceDecides: true };
  return ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) =>
    rolePermit(role, { action, resource: key.resource.arn, context }, policies),
  );
}

type Keys = Readonly<Record<string, string>>;

/** A bucket's ARN names no account; S3 sends it all the same. */
function sourceKeys(sourceArn: string, { stack }: Placed): Keys {
  const account = sourceArn.split(':')[4] || stack.place.accountId;
  return { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': account };
}

/** The same source in an account that is not ours. */
function foreignKeys(sourceArn: string, { stack }: Placed): Keys {
  const account = '999999999999';
  const foreign = sourceArn.replace(`:${stack.place.accountId}:`, `:${account}:`);
  const arn = foreign === sourceArn ? `${sourceArn}-of-others` : foreign;
  return { 'aws:SourceArn': arn, 'aws:SourceAccount': account };
}

export function principalKeys({ resource, stack }: Placed): Keys {
  return {
    'aws:PrincipalArn': resource.arn,
    'aws:PrincipalAccount': stack.place.accountId,
    'aws:SecureTransport': 'true',
  };
}
