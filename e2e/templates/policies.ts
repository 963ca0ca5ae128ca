import { isObject, type JsonObject, listAt, objectAt, textAt, textsAt } from './json.ts';
import { type Placed, placedResources, type World } from './stack.ts';

/** Where something stands in a world: a resource, and the path within its properties (none: the resource itself). */
export interface Location {
  readonly stack: string;
  readonly resource: string;
  readonly path: readonly (string | number)[];
}

export interface LocatedStatement {
  readonly statement: JsonObject;
  readonly at: Location;
}

/** A role's own policies. */
export function identityStatements({ stack, resource }: Placed): readonly LocatedStatement[] {
  return listAt(resource.properties, 'Policies').flatMap((policy, index) =>
    statementsAt({ stack, resource }, ['Policies', index, 'PolicyDocument'], policy),
  );
}

/** Who may take a role. */
export function trustStatements(role: Placed): readonly LocatedStatement[] {
  return statementsOf(role, ['AssumeRolePolicyDocument']);
}

/** Policies of a resource itself, in whatever resource of the template they stand. */
export function resourceStatements(world: World, target: Placed): readonly LocatedStatement[] {
  const { type, arn, ref, properties } = target.resource;
  switch (type) {
    case 'AWS::SQS::Queue':
      return policiesOn(world, 'AWS::SQS::QueuePolicy', ({ Queues }) =>
        textsAt(Queues).includes(ref),
      );
    case 'AWS::SNS::Topic':
      return policiesOn(world, 'AWS::SNS::TopicPolicy', ({ Topics }) =>
        textsAt(Topics).includes(arn),
      );
    case 'AWS::S3::Bucket':
      return policiesOn(world, 'AWS::S3::BucketPolicy', ({ Bucket }) => Bucket === ref);
    case 'AWS::KMS::Key':
      return statementsOf(target, ['KeyPolicy']);
    case 'AWS::Lambda::Function':
      return permissionsOn(world, target);
    case 'AWS::Events::EventBus':
      return [
        ...statementsOf(target, ['Policy']),
        ...busStatements(world, target, textAt(properties, 'Name') || ref),
      ];
    default:
      return [];
  }
}

/** Policies of the account's default bus, which is no resource of any template. */
export function defaultBusStatements(world: World, busArn: string): readonly LocatedStatement[] {
  const [, , , region, accountId] = busArn.split(':');
  return placedResources(world, 'AWS::Events::EventBusPolicy')
    .filter(({ stack, resource }) => {
      const bus = textAt(resource.properties, 'EventBusName') || 'default';
      const { place } = stack;
      return bus === 'default' && place.region === region && place.accountId === accountId;
    })
    .map(onlyStatement);
}

function busStatements(world: World, bus: Placed, name: string): readonly LocatedStatement[] {
  return placedResources(world, 'AWS::Events::EventBusPolicy')
    .filter(
      ({ stack, resource }) =>
        stack === bus.stack && textAt(resource.properties, 'EventBusName') === name,
    )
    .map(onlyStatement);
}

function onlyStatement({ stack, resource }: Placed): LocatedStatement {
  return {
    statement: objectAt(resource.properties, 'Statement'),
    at: { stack: stack.name, resource: resource.id, path: [] },
  };
}

/** A Lambda permission, written as the statement that Lambda makes of it. */
function permissionsOn(world: World, { resource: target }: Placed): readonly LocatedStatement[] {
  return placedResources(world, 'AWS::Lambda::Permission')
    .filter(({ resource }) =>
      [target.ref, target.arn].includes(textAt(resource.properties, 'FunctionName')),
    )
    .map(({ stack, resource }) => {
      const { Action, Principal, SourceArn, SourceAccount } = resource.properties;
      const Condition = {
        ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } }),
        ...(SourceAccount !== undefined && {
          StringEquals: { 'aws:SourceAccount': SourceAccount },
        }),
      };
      const statement = {
        Effect: 'Allow',
        Principal: { Service: Principal },
        Action,
        Resource: target.arn,
        Condition,
      };
      return { statement, at: { stack: stack.name, resource: resource.id, path: [] } };
    });
}

function policiesOn(
  world: World,
  type: string,
  isOn: (properties: JsonObject) => boolean,
): readonly LocatedStatement[] {
  return placedResources(world, type)
    .filter(({ resource }) => isOn(resource.properties))
    .flatMap((placed) => statementsOf(placed, ['PolicyDocument']));
}

function statementsOf(placed: Placed, path: readonly (string | number)[]) {
  return statementsAt(placed, path, {
    PolicyDocument: objectAt(placed.resource.properties, ...path),
  });
}

function statementsAt(
  { stack, resource }: Placed,
  path: readonly (string | number)[],
  policy: unknown,
): readonly LocatedStatement[] {
  return listAt(policy, 'PolicyDocument', 'Statement')
    .filter(isObject)
    .map((statement, index) => ({
      statement,
      at: { stack: stack.name, resource: resource.id, path: [...path, 'Statement', index] },
    }));
}
