import { accessTo, isAllowed } from './access.ts';
import {
  type Arrow,
  keyOf,
  missing,
  type Permit,
  principalKeys,
  roleKeyPermits,
  rolePermit,
  trustPermit,
} from './arrow.ts';
import { environmentArrows } from './environment-arrows.ts';
import { textAt } from './json.ts';
import { identityStatements, resourceStatements, trustStatements } from './policies.ts';
import { organization } from './rule-arrows.ts';
import { labelOf, type Placed, placedAt, placedResources, type World } from './stack.ts';

/** What the role of a function may do to a resource of a type, as far as the resource's own policies have a say. */
const uses: Readonly<Record<string, readonly string[]>> = {
  'AWS::SNS::Topic': ['sns:Publish'],
  'AWS::DynamoDB::Table': [
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'dynamodb:Query',
  ],
  'AWS::S3::Bucket': ['s3:PutObject', 's3:GetObject', 's3:GetObjectVersion'],
  'AWS::Events::EventBus': ['events:PutEvents'],
};

/** From a function to its role, its log group, its queues, and what its role lets it use. */
export function functionArrows(world: World, own: Placed): readonly Arrow[] {
  const role = placedAt(world, textAt(own.resource.properties, 'Role'));
  const from = labelOf(own);
  if (!role) return [{ kind: 'function to role', from, to: '?', permits: [missing('a role')] }];
  return [
    {
      kind: 'function to role',
      from,
      to: labelOf(role),
      permits: [trustPermit(role, 'lambda.amazonaws.com')],
    },
    logArrow(world, own, role),
    ...queueArrows(world, own, role),
    ...environmentArrows(world, own, role),
    ...placedResources(world).flatMap((used) => useArrows(world, { own, role, used })),
  ];
}

function logArrow(world: World, own: Placed, role: Placed): Arrow {
  const name = `/aws/lambda/${own.resource.ref}`;
  const group = placedResources(world, 'AWS::Logs::LogGroup').find(
    ({ resource }) => resource.ref === name,
  );
  const permits = group
    ? ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) =>
        rolePermit(role, { action, resource: group.resource.arn.replace(/\*$/, 'log-stream:s') }),
      )
    : [missing(`a log group ${name}`)];
  return { kind: 'function to log group', from: labelOf(own), to: name, permits };
}

/** Where what a function cannot do ends up: by its own hand, and by Lambda's with the function's role. */
function queueArrows(world: World, own: Placed, role: Placed): readonly Arrow[] {
  const { properties } = own.resource;
  const queue = textAt(properties, 'Environment', 'Variables', 'DLQ_URL');
  const configs = placedResources(world, 'AWS::Lambda::EventInvokeConfig').filter(({ resource }) =>
    isOf(own, textAt(resource.properties, 'FunctionName')),
  );
  const ends = [
    ...(queue ? [['function to its queue', queue]] : []),
    ...configs.map(({ resource }) => [
      'function to destination',
      textAt(resource.properties, 'DestinationConfig', 'OnFailure', 'Destination'),
    ]),
  ];
  return ends.map(([kind = '', arn = '']) =>
    sendArrow(world, { kind, from: labelOf(own), role, arn }),
  );
}

function isOf({ resource }: Placed, name: string): boolean {
  return name === resource.ref || name === resource.arn;
}

function sendArrow(
  world: World,
  { kind, from, role, arn }: { kind: string; from: string; role: Placed; arn: string },
): Arrow {
  const target = placedAt(world, arn);
  const action = target && sending[target.resource.type];
  if (!action) return { kind, from, to: arn, permits: [missing(`a destination at ${arn}`)] };
  const permits = [
    rolePermit(role, { action, resource: target.resource.arn }),
    ...roleKeyPermits(world, role, target),
  ];
  return { kind, from, to: labelOf(target), permits };
}

const sending: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'sqs:SendMessage',
  'AWS::SNS::Topic': 'sns:Publish',
  'AWS::S3::Bucket': 's3:PutObject',
};

/** A resource's own policy, and its key's, have a say in what a role is allowed. */
function useArrows(
  world: World,
  { own, role, used }: { readonly own: Placed; readonly role: Placed; readonly used: Placed },
): readonly Arrow[] {
  const key = keyOf(world, used);
  const resource = resourceStatements(world, used);
  const asked = (uses[used.resource.type] ?? [])
    .flatMap((action) => partsOf(used).map((resource) => ({ action, resource })))
    .filter((one) => isAllowed(rolePermit(role, one).access));
  if (asked.length === 0 || (!key && resource.length === 0)) return [];
  const context = {
    ...principalKeys(role),
    's3:if-none-match': '*',
    's3:ObjectCreationOperation': 'true',
  };
  const permits: readonly Permit[] = [
    ...asked.map((one) => ({
      ...rolePermit(role, { ...one, context }, { resource }),
      given: true,
    })),
    ...roleKeyPermits(world, role, used),
  ];
  return [{ kind: `function to ${kindOf(used)}`, from: labelOf(own), to: labelOf(used), permits }];
}

/** A bucket is used by its objects, by prefix. */
function partsOf({ resource: { type, arn } }: Placed): readonly string[] {
  if (type !== 'AWS::S3::Bucket') return [arn];
  const prefixes = ['responses', 'findings', 'manifests', 'feeds', 'fim', 'AWS:File'];
  return prefixes.map((prefix) => `${arn}/${prefix}/a`);
}

function kindOf({ resource }: Placed): string {
  return resource.type.split('::').at(-1)?.toLowerCase() ?? '';
}

const reading: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  // https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
  dynamodb: [
    ...['dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    ...['dynamodb:DescribeStream', 'dynamodb:ListStreams'],
  ],
};

/** From a queue or stream to a function, read with the function's role; what fails goes to a destination, or by redrive to a queue. */
export function mappingArrows(world: World, mapping: Placed): readonly Arrow[] {
  const { properties } = mapping.resource;
  const name = textAt(properties, 'FunctionName');
  const own = placedResources(world, 'AWS::Lambda::Function').find((one) => isOf(one, name));
  const role = own && placedAt(world, textAt(own.resource.properties, 'Role'));
  const sourceArn = textAt(properties, 'EventSourceArn');
  const source = placedAt(world, sourceArn);
  const from = source ? labelOf(source) : sourceArn;
  if (!role || !source) {
    return [{ kind: 'mapping', from, to: name, permits: [missing('a function and a source')] }];
  }
  const service = sourceArn.split(':')[2] ?? '';
  const read = (reading[service] ?? []).map((action) =>
    rolePermit(role, { action, resource: sourceArn }),
  );
  const permits = [
    ...(read.length > 0 ? read : [missing(`reading of ${service}`)]),
    ...roleKeyPermits(world, role, source),
  ];
  const failures = textAt(properties, 'DestinationConfig', 'OnFailure', 'Destination');
  const redrive = textAt(source.resource.properties, 'RedrivePolicy', 'deadLetterTargetArn');
  return [
    { kind: `${kindOf(source)} to function`, from, to: labelOf(own), permits },
    ...(service === 'sqs' ? [redriveArrow(world, source, redrive)] : []),
    ...(service === 'sqs'
      ? []
      : [sendArrow(world, { kind: 'mapping to destination', from, role, arn: failures })]),
  ];
}

/** SQS moves messages within an account by itself: that the queue is there is all it needs. */
function redriveArrow(world: World, source: Placed, arn: string): Arrow {
  const target = placedAt(world, arn);
  const at = { stack: source.stack.name, resource: source.resource.id, path: ['RedrivePolicy'] };
  return {
    kind: 'queue to dead-letter queue',
    from: labelOf(source),
    to: target ? labelOf(target) : 'nowhere',
    permits: target
      ? [{ what: 'redrive', access: { grantedBy: [at], deniedBy: [] }, given: true }]
      : [missing('a queue to redrive to')],
  };
}

/** From functions to a role that they take in another account: their policies and its trust must agree. */
export function memberRoleArrows(world: World, member: Placed): readonly Arrow[] {
  const takers = placedResources(world, 'AWS::Lambda::Function').flatMap((own) => {
    const role = placedAt(world, textAt(own.resource.properties, 'Role'));
    if (!role || role.stack.place.accountId === member.stack.place.accountId) return [];
    const wanted = { action: 'sts:AssumeRole', resource: member.resource.arn };
    return isAllowed(rolePermit(role, wanted).access) ? [{ own, role }] : [];
  });
  return takers.map(({ own, role }) => ({
    kind: 'function to member role',
    from: labelOf(own),
    to: labelOf(member),
    permits: ['sts:AssumeRole', 'sts:SetSourceIdentity'].map((action) =>
      memberPermit(member, role, action),
    ),
  }));
}

/** In whose name a function comes: the record that it acts for, or where it keeps none, its own. */
function sourceIdentityOf({ stack }: Placed): string {
  return stack.name === 'fim-detector' ? 'fim-compare' : 'inc-0123456789abcdef0123';
}

function memberPermit(member: Placed, role: Placed, action: string): Permit {
  const principal = { arn: role.resource.arn };
  const context = {
    ...principalKeys(role),
    'aws:PrincipalOrgID': organization,
    'sts:SourceIdentity': sourceIdentityOf(role),
  };
  const resource = trustStatements(member);
  const identity = identityStatements(role);
  const request = { principal, action, resource: member.resource.arn, context };
  const other = { ...request, context: { ...context, 'aws:PrincipalOrgID': 'o-strangers00' } };
  const policies = { identity, resource, resourceDecides: true };
  return {
    what: `${action} by ${role.resource.ref}`,
    access: accessTo(request, policies),
    open: isAllowed(accessTo(other, policies)),
  };
}
