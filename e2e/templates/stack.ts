import type { JsonObject } from './json.ts';

/** Where a stack is deployed. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** A resource with every intrinsic function resolved. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  /** What `Ref` gives. */
  readonly ref: string;
  /** Empty where the checks need none of this type. */
  readonly arn: string;
  readonly properties: JsonObject;
  readonly deletionPolicy: unknown;
  readonly updateReplacePolicy: unknown;
}

export interface Stack {
  readonly name: string;
  readonly place: Place;
  readonly resources: Record<string, Resource>;
  readonly exports: Readonly<Record<string, string>>;
}

/** Stacks that are deployed together, and what is found in them by ARN. */
export type World = readonly Stack[];

/** A resource and the stack that it belongs to. */
export interface Placed {
  readonly stack: Stack;
  readonly resource: Resource;
}

export function placedResources(world: World, type?: string): readonly Placed[] {
  return world.flatMap((stack) =>
    Object.values(stack.resources)
      .filter((resource) => type === undefined || resource.type === type)
      .map((resource) => ({ stack, resource })),
  );
}

/** The resource with this ARN; a queue's URL, a table's stream and a log group's streams are found too. */
export function placedAt(world: World, arn: string): Placed | undefined {
  if (arn === '') return undefined;
  return placedResources(world).find(
    ({ resource }) =>
      resource.arn === arn ||
      (resource.type === 'AWS::SQS::Queue' && resource.ref === arn) ||
      (resource.type === 'AWS::DynamoDB::Table' && arn.startsWith(`${resource.arn}/stream/`)),
  );
}

export function labelOf({ stack, resource }: Placed): string {
  return `${stack.name}/${resource.id}`;
}

export function urlSuffix({ partition }: Pick<Place, 'partition'>): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
