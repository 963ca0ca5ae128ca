import type { Finding, ResponseRecord } from '@riposte/findings';
import type { RepairPorts } from './ports.ts';

/** What answers to findings need besides. */
export interface FindingPorts extends RepairPorts {
  readonly notes: FindingNotes;
}

/** Security Hub's findings, on which analysts see what became of them. */
export interface FindingNotes {
  /** Adds the incident to a finding's note and sets its workflow status; an analyst's own words stay. */
  note(finding: Finding, record: ResponseRecord): Promise<void>;
}
