import type { FindingResource } from './finding.ts';
import { defined, field, isObject, itemsOf, textOf } from './read.ts';

/** What a detail object is named by, best first: an ARN where there is one. */
const identifiers = [
  ...['instanceId', 'accessKeyId', 'arn', 'functionArn', 'dbInstanceArn', 'dbShardGroupArn'],
  ...['volumeArn', 'snapshotArn', 'imageArn', 'recoveryPointArn', 'guardrailArn', 'clusterName'],
  ...['dbInstanceIdentifier', 'dbShardGroupIdentifier', 'functionName', 'name', 'id', 'userName'],
];

/** Detail objects that only hold others. */
const holders = ['ebsVolumeDetails', 'kubernetesDetails'];

/**
 * Every resource that a GuardDuty finding names: the detail objects of its `resource`, whose names differ by kind, and those of an
 * attack sequence, which stand in `service.detection.sequence.resources`. In camel case (events) and Pascal case (API).
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Resource.html
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Sequence.html
 */
export function guardDutyResources(
  resource: unknown,
  service: unknown,
): readonly FindingResource[] {
  const type = textOf(member(resource, 'resourceType'));
  const ids = isObject(resource) ? Object.entries(resource).flatMap(identifiersOf) : [];
  const named = ids.map((id) => defined({ id, type, tags: {} }));
  const found = [...named, ...sequenceResources(service)];
  return found.filter(({ id }, index) => found.findIndex((other) => other.id === id) === index);
}

function identifiersOf([key, detail]: readonly [string, unknown]): readonly string[] {
  const details: readonly unknown[] = Array.isArray(detail) ? detail : [detail];
  const isHolder = holders.includes(key.charAt(0).toLowerCase() + key.slice(1));
  return details
    .filter(isObject)
    .flatMap((held) =>
      isHolder ? Object.entries(held).flatMap(identifiersOf) : (identifierOf(held) ?? []),
    );
}

function identifierOf(detail: unknown): string | undefined {
  for (const key of identifiers) {
    const found = textOf(member(detail, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

function sequenceResources(service: unknown): readonly FindingResource[] {
  const sequence = member(member(service, 'detection'), 'sequence');
  return itemsOf(member(sequence, 'resources')).flatMap((resource) => {
    const id = textOf(member(resource, 'uid')) ?? textOf(member(resource, 'name'));
    if (id === undefined) return [];
    return defined({
      id,
      type: textOf(member(resource, 'resourceType')),
      region: textOf(member(resource, 'region')),
      partition: textOf(member(resource, 'cloudPartition')),
      tags: tagsOf(member(resource, 'tags')),
    });
  });
}

function tagsOf(tags: unknown): Readonly<Record<string, string>> {
  const entries = itemsOf(tags).map(
    (tag) => [textOf(member(tag, 'key')), member(tag, 'value')] as const,
  );
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, string] => entry[0] !== undefined && typeof entry[1] === 'string',
    ),
  );
}

/** A member in either spelling. */
function member(value: unknown, key: string): unknown {
  return field(value, key) ?? field(value, key.charAt(0).toUpperCase() + key.slice(1));
}
