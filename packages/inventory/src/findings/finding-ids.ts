import { digest } from '@riposte/findings';
import type { InventoryKey } from '../model/inventory-key.ts';
import type { CoverageProblem } from '../model/tracked-inventory.ts';

/** An inventory object in its bucket. */
export interface InventoryPlace {
  readonly bucket: string;
  readonly key: InventoryKey;
}

/** What ids of all findings about an inventory begin with; ends with a slash. */
function folder({ key }: InventoryPlace): string {
  const { account, region, node, type } = key;
  return `riposte/fim/${account}/${region}/${node}/${type}/`;
}

const source = ({ bucket, key }: InventoryPlace) => `${bucket}/${key.prefix}`;

/** The finding about one file or other thing: the same whenever it differs again. */
export function ownFindingId(place: InventoryPlace, identity: string): string {
  return `${folder(place)}${digest('one', source(place), identity)}`;
}

/** The finding about many things that one version opened under one rule. */
export function manyFindingId(place: InventoryPlace, rule: string, versionId: string): string {
  return `${folder(place)}many/${digest('many', source(place), rule, versionId)}`;
}

/** The finding that says that a baseline is unapproved. */
export function baselineFindingId(place: InventoryPlace): string {
  return `${folder(place)}baseline/${digest('baseline', source(place))}`;
}

/** What a coverage finding is about: an inventory, a node, a bucket, or a resource data sync. */
export type CoverageSubject =
  | { readonly kind: 'inventory'; readonly place: InventoryPlace }
  | {
      readonly kind: 'node' | 'bucket' | 'sync';
      readonly account: string;
      readonly region: string;
      /** Its id or name. */
      readonly name: string;
    };

/** The finding about one problem of one subject: the same whenever it comes again. */
export function coverageFindingId(subject: CoverageSubject, problem: CoverageProblem): string {
  if (subject.kind === 'inventory') {
    return `${folder(subject.place)}coverage/${problem}/${digest('coverage', source(subject.place))}`;
  }
  const { kind, account, region, name } = subject;
  return `riposte/fim/${account}/${region}/coverage/${problem}/${digest(kind, name)}`;
}
