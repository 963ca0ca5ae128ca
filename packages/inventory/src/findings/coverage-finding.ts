import {
  type AsffDraftResource,
  type AsffFinding,
  buildAsffFinding,
  formatArn,
  partitionOfRegion,
} from '@riposte/findings';
import { formatInventoryKey } from '../model/inventory-key.ts';
import type { CoverageProblem } from '../model/tracked-inventory.ts';
import { shownName } from './change-words.ts';
import { coverageWords } from './coverage-words.ts';
import { type CoverageSubject, coverageFindingId } from './finding-ids.ts';
import { fieldsOf, nodeResource, placeOf } from './finding-place.ts';

/** A problem that keeps something from being watched, as it is told. */
export interface CoverageTelling {
  readonly subject: CoverageSubject;
  readonly problem: CoverageProblem;
  /** Since when, ISO 8601. */
  readonly since: string;
  /** `UpdatedAt`, ISO 8601. */
  readonly updatedAt: string;
  readonly isOver?: boolean;
  /** What is known of it, e.g. the first unreadable lines. Anybody's text. */
  readonly details?: Readonly<Record<string, string | number>>;
}

/**
 * The finding about something that keeps a node, an inventory, a bucket or a sync from being watched: one for each subject and problem,
 * archived when it is over.
 *
 * @example
 * coverageFinding({ subject: { kind: 'node', account, region, name: node }, problem: 'not-reporting', since, updatedAt });
 */
export function coverageFinding({
  subject,
  problem,
  since,
  updatedAt,
  isOver = false,
  details = {},
}: CoverageTelling): AsffFinding {
  const words = coverageWords[problem];
  const place = subject.kind === 'inventory' ? subject.place.key : subject;
  const name = subject.kind === 'inventory' ? subject.place.key.node : shownName(subject.name, 100);
  const type = subject.kind === 'inventory' ? ` (${shownName(subject.place.key.type, 100)})` : '';
  const known = Object.entries(details).map(
    ([what, value]) => `${what}: ${shownName(`${value}`, 200)}`,
  );
  return buildAsffFinding({
    id: coverageFindingId(subject, problem),
    generatorId: `riposte/fim-detector/coverage/${problem}`,
    ...placeOf(place),
    title: `${words.title}: ${name}${type}`,
    description: [
      ...(isOver ? ['Over.'] : []),
      `${name}${type} ${words.description} Since ${since}.`,
      ...(known.length > 0 ? [`${known.join('; ')}.`] : []),
    ].join(' '),
    types: [
      'Software and Configuration Checks/AWS Security Best Practices',
      ...(words.isEvasion ? ['TTPs/Defense Evasion'] : []),
    ],
    severity: words.severity,
    createdAt: since,
    updatedAt,
    firstObservedAt: since,
    resources: [resourceOf(subject)],
    productFields: {
      ...fieldsOf({
        coverage: problem,
        since,
        ...(subject.kind === 'inventory' && inventoryFields(subject)),
      }),
      ...fieldsOf(
        Object.fromEntries(
          Object.entries(details).map(([what, value]) => [`details/${what}`, value]),
        ),
      ),
    },
    remediation: { text: words.remedy },
    recordState: isOver ? 'ARCHIVED' : 'ACTIVE',
  });
}

function inventoryFields({ place }: Extract<CoverageSubject, { kind: 'inventory' }>) {
  return {
    ...{ node: place.key.node, type: place.key.type },
    ...{ 'inventory/bucket': place.bucket, 'inventory/key': formatInventoryKey(place.key) },
  };
}

function resourceOf(subject: CoverageSubject): AsffDraftResource {
  if (subject.kind === 'inventory') return nodeResource(subject.place.key);
  const { kind, account, region, name } = subject;
  if (kind === 'node') return nodeResource({ account, region, node: name });
  const partition = partitionOfRegion(region);
  if (kind === 'bucket') {
    const place = { partition, service: 's3', region: '', accountId: '' };
    return { type: 'AwsS3Bucket', id: formatArn({ ...place, resource: name }), region };
  }
  const place = { partition, service: 'ssm', region, accountId: account };
  return {
    type: 'Other',
    id: formatArn({ ...place, resource: `resource-data-sync/${name}` }),
    region,
  };
}
