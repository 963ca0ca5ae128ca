import type { Arrow } from './arrow.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Location } from './policies.ts';
import type { World } from './stack.ts';

/** A copy of a world, without what stands at a place: a whole resource, a statement, or one item of a list. */
export function without(world: World, at: Location): World {
  return changed(world, at, (container, step) => {
    if (Array.isArray(container)) container.splice(Number(step), 1);
    else if (isObject(container)) delete container[step];
  });
}

/** A copy of a world, with another value at a place. */
export function withValue(world: World, at: Location, value: unknown): World {
  return changed(world, at, (container, step) => {
    if (Array.isArray(container)) container[Number(step)] = value;
    else if (isObject(container)) container[step] = value;
  });
}

type Change = (container: unknown, step: string | number) => void;

function changed(world: World, { stack, resource, path }: Location, change: Change): World {
  const copy = world.map((one) => (one.name === stack ? structuredClone(one) : one));
  const resources = copy.find(({ name }) => name === stack)?.resources ?? {};
  const [last, ...before] = path.toReversed();
  if (last === undefined) {
    delete resources[resource];
    return copy;
  }
  const steps = before.toReversed();
  const properties: JsonObject = resources[resource]?.properties ?? {};
  let [container, parent]: unknown[] = [properties, undefined];
  for (const step of steps) {
    parent = container;
    container = step in Object(container) ? Reflect.get(Object(container), step) : undefined;
  }
  // Policies may write a list of one without its brackets.
  const isListOfOne = typeof last === 'number' && !Array.isArray(container);
  if (isListOfOne) change(parent, steps.at(-1) ?? '');
  else change(container, last);
  return copy;
}

/** Every place that allows an arrow. */
export function grantsOf(arrows: readonly Arrow[]): readonly Location[] {
  const places = arrows.flatMap(({ permits }) =>
    permits.filter(({ given }) => !given).flatMap(({ access }) => access.grantedBy),
  );
  return [...new Map(places.map((at) => [keyOf(at), at])).values()];
}

/** The arrows that nothing allows but what stands at this place. */
export function arrowsThrough(arrows: readonly Arrow[], at: Location): readonly Arrow[] {
  return arrows.filter(({ permits }) =>
    permits.some(
      ({ access, given }) =>
        !given && access.grantedBy.every((place) => keyOf(place) === keyOf(at)),
    ),
  );
}

export function keyOf({ stack, resource, path }: Location): string {
  return [stack, resource, ...path].join('.');
}
