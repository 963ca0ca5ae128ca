import type { Finding } from '@riposte/findings';
import { severities } from '../../severities.ts';
import type { BySeverity, FindingSummary, Listed } from './preview-report.ts';

/** Counts by severity. */
export class SeverityTally {
  private readonly counts = new Map<string, number>();

  add({ severity }: Finding): void {
    this.counts.set(severity, (this.counts.get(severity) ?? 0) + 1);
  }

  report(): BySeverity {
    const found = severities.flatMap((severity) => {
      const count = this.counts.get(severity.toLowerCase());
      return count === undefined ? [] : [[severity, count] as const];
    });
    return Object.fromEntries(found);
  }
}

/** Counts by name. */
export class NameTally {
  private readonly counts = new Map<string, number>();

  add(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  get size(): number {
    return this.counts.size;
  }

  /** Most first; ties by name. */
  report(): readonly (readonly [name: string, count: number])[] {
    return [...this.counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  }
}

/** The beginning of a list, and its length. */
export class ListTally<T> {
  private total = 0;
  private readonly first: T[] = [];
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** @param make is called only for an item that is kept. */
  add(make: () => T): void {
    this.total += 1;
    if (this.first.length < this.limit) this.first.push(make());
  }

  report(): Listed<T> {
    return { total: this.total, first: this.first };
  }
}

/** Remembers what was already counted for a finding, which may come in two formats and in several versions. */
export class FirstTimes {
  private readonly seen = new Map<string, Set<string>>();

  /** True the first time that this is asked of this key. */
  isFirst(key: string, what: string): boolean {
    const known = this.seen.get(key);
    if (!known) {
      this.seen.set(key, new Set([what]));
      return true;
    }
    if (known.has(what)) return false;
    known.add(what);
    return true;
  }

  isNew(key: string): boolean {
    return !this.seen.has(key);
  }
}

/** What a report says of a finding. */
export function summaryOf(finding: Finding): FindingSummary {
  const { id, format, title, severity, accountId, region, resources, productName } = finding;
  const { securityControlId: control } = finding;
  const [resource] = resources;
  return {
    id,
    format,
    title,
    severity: severity.toUpperCase(),
    accountId,
    region,
    resource: resource?.id ?? '',
    ...(resource?.type !== undefined && { resourceType: resource.type }),
    ...(productName !== undefined && { product: productName }),
    ...(control !== undefined && { control }),
  };
}
