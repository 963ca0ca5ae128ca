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

interface Index {
  readonly all: readonly Placed[];
  readonly byType: ReadonlyMap<string, readonly Placed[]>;
  readonly byArn: ReadonlyMap<string, Placed>;
}

/** A world is looked through hundreds of times, and never changes: whoever wants another one makes a copy. */
const indexes = new WeakMap<World, Index>();

function indexOf(world: World): Index {
  const known = indexes.get(world);
  if (known) return known;
  const all = world.flatMap((stack) =>
    Object.values(stack.resources).map((resource) => ({ stack, resource })),
  );
  const byArn = new Map<string, Placed>();
  for (const placed of all) {
    const { arn, ref, type } = placed.resource;
    for (const name of type === 'AWS::SQS::Queue' ? [arn, ref] : [arn]) {
      if (!byArn.has(name)) byArn.set(name, placed);
    }
  }
  const index = { all, byType: Map.groupBy(all, ({ resource }) => resource.type), byArn };
  indexes.set(world, index);
  return index;
}

export function placedResources(world: World, type?: string): readonly Placed[] {
  const { all, byType } = indexOf(world);
  return type === undefined ? all : (byType.get(type) ?? []);
}

/** The resource with this ARN; a queue's URL, a table's stream and a log group's streams are found too. */
export function placedAt(world: World, arn: string): Placed | undefined {
  if (arn === '') return undefined;
  const { byArn } = indexOf(world);
  return byArn.get(arn) ?? byArn.get(arn.replace(/\/stream\/.*$/s, ''));
}

export function labelOf({ stack, resource }: Placed): string {
  return `${stack.name}/${resource.id}`;
}

export function urlSuffix({ partition }: Pick<Place, 'partition'>): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
