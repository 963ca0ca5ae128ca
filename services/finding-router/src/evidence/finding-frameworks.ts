import { at, type Finding, textsOf } from '@riposte/findings';
import { frameworksOf } from './control-frameworks.ts';

/** What a finding shows of which framework. */
export interface FindingFrameworks {
  readonly control?: { readonly id: string; readonly title: string; readonly severity: string };
  /** Requirements by framework, from the control. */
  readonly requirements: Readonly<Record<string, readonly string[]>>;
  /** What the finding itself says that it relates to, in its provider's words. */
  readonly reported: readonly string[];
  /** Frameworks that the rule asked for, where it did. */
  readonly ofRule?: readonly string[];
  /** Why there are no requirements, where there are none. */
  readonly none?: string;
}

/** Security Hub's own products: anyone else can write a control id into a finding. */
const securityHub = /^arn:aws[a-z-]*:securityhub:[a-z0-9-]*::product(?:v2)?\/aws\/securityhub$/;

/**
 * The frameworks of a finding's control, all of them or those that a rule names (`PCI DSS` stands for every version).
 * Requirements come from what is known of the control, and only for findings of Security Hub itself.
 */
export function findingFrameworks(finding: Finding, wanted?: readonly string[]): FindingFrameworks {
  const reported = reportedBy(finding);
  const ofRule = wanted ? { ofRule: wanted } : {};
  const none = (why: string) => ({ requirements: {}, reported, ...ofRule, none: why });
  const { securityControlId, productArn } = finding;
  if (securityControlId === undefined) return none('the finding names no control');
  if (!securityHub.test(productArn ?? '')) return none('the finding is not from Security Hub');
  const known = frameworksOf(securityControlId);
  if (!known) return none('the control is not known');
  const { id, title, severity } = known;
  const requirements = Object.fromEntries(
    Object.entries(known.requirements).filter(
      ([name]) => wanted?.some((some) => isOf(name, some)) ?? true,
    ),
  );
  return {
    control: { id, title, severity },
    requirements,
    reported,
    ...ofRule,
    ...(!known.collected && { none: 'the requirements of this control are not collected' }),
  };
}

/**
 * True where a framework is the one that a rule names, in whatever spelling, with or without its version.
 *
 * @example
 * isOf('NIST SP 800-53 Rev. 5', 'nist-800-53'); // true
 */
export function isOf(framework: string, wanted: string): boolean {
  return plain(framework).startsWith(plain(wanted));
}

/** `pci-dss`, `PCI DSS`, `nist-800-53`, `CIS` and `cis-3.0.0` all find their framework. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace('aws foundations benchmark', '')
    .replace('sp 800', '800')
    .replace('rev. ', 'r')
    .replace(/[-_ ]/g, '');
}

/** ASFF `Compliance.RelatedRequirements`, OCSF `compliance.requirements`. */
function reportedBy({ raw }: Finding): readonly string[] {
  const asff = textsOf(at(raw, 'Compliance', 'RelatedRequirements'));
  return [...asff, ...textsOf(at(raw, 'compliance', 'requirements'))];
}
