import type { Severity } from './severity.ts';

/** One resource that a finding is about. */
export interface FindingResource {
  /** An ARN or a service id, as the finding names it. */
  readonly id: string;
  readonly type?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** One security finding, read from ASFF, OCSF or GuardDuty's own format. `raw` is the document itself. */
export interface Finding {
  readonly format: 'asff' | 'ocsf' | 'guardduty';
  readonly id: string;
  readonly productArn?: string;
  readonly productName?: string;
  readonly generatorId?: string;
  /** The twelve digits of the account that the finding is about. */
  readonly accountId: string;
  /** Empty where the document does not say. */
  readonly region: string;
  readonly partition: string;
  readonly title: string;
  readonly description?: string;
  readonly types: readonly string[];
  readonly severity: Severity;
  readonly workflowStatus?: string;
  readonly recordState?: string;
  readonly note?: {
    readonly text: string;
    readonly updatedBy?: string;
    readonly updatedAt?: string;
  };
  readonly resources: readonly FindingResource[];
  /** ASFF `ProductFields`; empty for other formats. */
  readonly productFields: Readonly<Record<string, string>>;
  readonly securityControlId?: string;
  /** ISO 8601. */
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

/**
 * The key of a finding across copies: account, Region, product and id. Equal for the ASFF and the OCSF form, which share
 * the id (`Id`, `finding_info.uid`); the product is compared by its last two segments, as `product/…` and `productv2/…` differ.
 */
export function findingKey(finding: Finding): string {
  const product = (finding.productArn ?? finding.format).split('/').slice(-2).join('/');
  return [finding.accountId, finding.region, product, finding.id].join('|');
}
