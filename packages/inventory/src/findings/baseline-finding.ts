import { type AsffFinding, buildAsffFinding } from '@riposte/findings';
import { formatInventoryKey } from '../model/inventory-key.ts';
import type { Sighting } from '../model/ledger-entry.ts';
import { baselineFindingId, type InventoryPlace } from './finding-ids.ts';
import { fieldsOf, nodeResource, objectUrl, placeOf } from './finding-place.ts';

/** A baseline as it is told. */
export interface BaselineTelling {
  readonly place: InventoryPlace;
  readonly baseline: Sighting;
  /** When S3 stored it, ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Absent: nobody has approved it. */
  readonly approvalId?: string;
}

/**
 * The finding that says that a node is compared with what was seen of it first, which nobody has looked at: a node that was bad from the
 * start is not noticed. Archived on approval.
 */
export function baselineFinding({
  place,
  baseline,
  createdAt,
  updatedAt,
  approvalId,
}: BaselineTelling): AsffFinding {
  const { key, bucket } = place;
  const versionId = baseline.versionId;
  return buildAsffFinding({
    id: baselineFindingId(place),
    generatorId: 'riposte/fim-detector/baseline',
    ...placeOf(key),
    title: `Baseline not approved: ${key.type} of ${key.node}`,
    description: [
      ...(approvalId === undefined ? [] : [`Over: approved (${approvalId}).`]),
      `From ${baseline.at} on, ${key.type} of ${key.node} is compared with the first inventory that was seen. Nobody has said that it is good: what was wrong before stays unnoticed.`,
    ].join(' '),
    types: ['Software and Configuration Checks/AWS Security Best Practices'],
    severity: 'informational',
    createdAt,
    updatedAt,
    firstObservedAt: baseline.at,
    resources: [nodeResource(key)],
    productFields: fieldsOf({
      ...{ node: key.node, type: key.type, baseline: approvalId ?? 'not approved' },
      ...{ 'inventory/bucket': bucket, 'inventory/key': formatInventoryKey(key) },
      'inventory/version': versionId,
    }),
    remediation: {
      text: `Look at the node, or build it anew; then say that it is good: riposte fim approve ${key.node} --reason WHY.`,
    },
    ...objectUrl(key.region, { bucket, key: formatInventoryKey(key), versionId }),
    recordState: approvalId === undefined ? 'ACTIVE' : 'ARCHIVED',
  });
}
