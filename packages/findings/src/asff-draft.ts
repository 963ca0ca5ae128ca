import type { Severity } from './severity.ts';

/** What a finding of Riposte's own says; `buildAsffFinding` makes it fit. Texts may be anybody's, names and types are ours. */
export interface AsffDraft {
  /** The same for the same thing found again. */
  readonly id: string;
  /** The check that found it, e.g. `riposte/fim-detector/system-binaries`. */
  readonly generatorId: string;
  readonly accountId: string;
  readonly region: string;
  /** Absent: the Region's own. */
  readonly partition?: string;
  readonly title: string;
  readonly description: string;
  /** `namespace/category/classifier`. */
  readonly types: readonly string[];
  readonly severity: Severity;
  readonly createdAt: Date | string;
  readonly updatedAt: Date | string;
  readonly firstObservedAt?: Date | string;
  readonly lastObservedAt?: Date | string;
  readonly resources: readonly AsffDraftResource[];
  readonly productName?: string;
  readonly companyName?: string;
  readonly productFields?: Readonly<Record<string, string>>;
  readonly userDefinedFields?: Readonly<Record<string, string>>;
  readonly remediation?: { readonly text: string; readonly url?: string };
  readonly sourceUrl?: string;
  readonly note?: {
    readonly text: string;
    readonly updatedBy: string;
    readonly updatedAt: Date | string;
  };
  readonly recordState?: 'ACTIVE' | 'ARCHIVED';
}

/** One resource that a finding is about. */
export interface AsffDraftResource {
  readonly id: string;
  /** E.g. `AwsEc2Instance`, or `Other`. */
  readonly type: string;
  readonly region?: string;
  readonly partition?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** What no other member has a place for: `Details.Other`. */
  readonly details?: Readonly<Record<string, string>>;
}

/** A finding that BatchImportFindings accepts. */
export interface AsffFinding {
  SchemaVersion: '2018-10-08';
  Id: string;
  ProductArn: string;
  ProductName?: string;
  CompanyName?: string;
  GeneratorId: string;
  AwsAccountId: string;
  Region: string;
  Types: string[];
  FirstObservedAt?: string;
  LastObservedAt?: string;
  CreatedAt: string;
  UpdatedAt: string;
  Severity: { Label: AsffLabel };
  Title: string;
  Description: string;
  Remediation?: { Recommendation: { Text: string; Url?: string } };
  SourceUrl?: string;
  ProductFields?: Record<string, string>;
  UserDefinedFields?: Record<string, string>;
  Resources: AsffResource[];
  Note?: { Text: string; UpdatedBy: string; UpdatedAt: string };
  RecordState?: 'ACTIVE' | 'ARCHIVED';
  FindingProviderFields: { Severity: { Label: AsffLabel }; Types: string[] };
}

/** Severity as ASFF spells it. */
export type AsffLabel = Uppercase<Severity>;

export const asffLabels: Readonly<Record<Severity, AsffLabel>> = {
  informational: 'INFORMATIONAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  critical: 'CRITICAL',
};

/** A resource as ASFF has it. */
export interface AsffResource {
  Type: string;
  Id: string;
  Partition?: AsffPartition;
  Region?: string;
  Tags?: Record<string, string>;
  Details?: { Other: Record<string, string> };
}

/** The partitions that ASFF has a word for. */
export type AsffPartition = 'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-us-iso' | 'aws-us-iso-b';
