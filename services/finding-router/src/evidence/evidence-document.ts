import { createHash } from 'node:crypto';
import { type Finding, findingKey } from '@riposte/findings';
import { canonicalJson, type EvidenceEntry, evidenceDigest } from '@riposte/findings/evidence';
import type { ResourceContext, RiskScore } from '@riposte/rules';
import { type FindingFrameworks, findingFrameworks, isOf } from './finding-frameworks.ts';

/** What is to be kept as evidence. */
export interface EvidenceRequest {
  readonly finding: Finding;
  /** ISO 8601: the time of the event that brought it. The same for every repeat of the event. */
  readonly observedAt: string;
  /** Id of the rule that asked for it, and which version of the rules acted. */
  readonly rule: string;
  readonly ruleSetVersion: string;
  /** Frameworks that the rule names; those of the finding's control where absent. */
  readonly frameworks?: readonly string[];
  readonly context?: ResourceContext;
  readonly risk?: RiskScore;
}

/** What an evidence object holds. Nothing in it says when it was written: the same request is the same object. */
export interface EvidenceDocument {
  readonly schemaVersion: 1;
  readonly kind: 'finding';
  readonly observedAt: string;
  readonly finding: {
    readonly key: string;
    readonly format: Finding['format'];
    readonly id: string;
    readonly productArn?: string;
    readonly accountId: string;
    readonly region: string;
  };
  /** The finding as it was received. */
  readonly received: Readonly<Record<string, unknown>>;
  readonly rule: { readonly id: string; readonly ruleSetVersion: string };
  readonly frameworks: FindingFrameworks;
  readonly context?: ResourceContext;
  readonly risk?: RiskScore;
}

/** An evidence object, ready to be written. */
export interface EvidenceObject {
  readonly text: string;
  /** What the manifest says of it, but for the version that the bucket gives it. */
  readonly entry: EvidenceEntry;
}

/**
 * Puts an evidence object together: canonical JSON, under a key that says day, control, finding and content.
 *
 * @example
 * const { entry } = evidenceObject(request);
 * entry.key; // 'findings/2026/11/24/S3.4/0a1b2c3d4e5f6a7b/9f86….json'
 */
export function evidenceObject(request: EvidenceRequest): EvidenceObject {
  const document = documentOf(request);
  const text = canonicalJson(document);
  const sha256 = evidenceDigest(text);
  const { finding, observedAt, rule, ruleSetVersion } = request;
  const { control, requirements, ofRule } = document.frameworks;
  const listed = Object.entries(requirements).map(([name, ids]) => `${name}: ${ids.join(', ')}`);
  const names = Object.keys(requirements);
  const unmet = (ofRule ?? []).filter((wanted) => !names.some((name) => isOf(name, wanted)));
  return {
    text,
    entry: {
      key: keyOf(request, control?.id, sha256),
      sha256,
      bytes: Buffer.byteLength(text),
      observedAt,
      findingKey: findingKey(finding),
      findingId: finding.id,
      accountId: finding.accountId,
      region: finding.region,
      resource: finding.resources[0]?.id ?? '',
      title: finding.title,
      severity: finding.severity.toUpperCase(),
      ...(control && { control: control.id }),
      frameworks: [...listed, ...unmet],
      rule,
      ruleSetVersion,
    },
  };
}

function documentOf(request: EvidenceRequest): EvidenceDocument {
  const { finding, observedAt, rule, ruleSetVersion, frameworks, context, risk } = request;
  const { format, id, productArn, accountId, region } = finding;
  return {
    schemaVersion: 1,
    kind: 'finding',
    observedAt,
    finding: {
      key: findingKey(finding),
      format,
      id,
      ...(productArn !== undefined && { productArn }),
      accountId,
      region,
    },
    received: finding.raw,
    rule: { id: rule, ruleSetVersion },
    frameworks: findingFrameworks(finding, frameworks),
    ...(context && { context }),
    ...(risk && { risk }),
  };
}

/** The finding's own texts are in the key as a digest only: they are somebody else's words. */
function keyOf(
  { finding, observedAt }: EvidenceRequest,
  control: string | undefined,
  sha256: string,
) {
  const day = new Date(observedAt).toISOString().slice(0, 10).replaceAll('-', '/');
  const digest = createHash('sha256').update(findingKey(finding)).digest('hex').slice(0, 16);
  return `findings/${day}/${control ?? 'other'}/${digest}/${sha256}.json`;
}
