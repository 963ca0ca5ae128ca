import controls from './controls.json' with { type: 'json' };
import { csfCategoriesOf } from './csf-categories.ts';

/** What a Security Hub control shows of each framework. */
export interface ControlFrameworks {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  /** Requirements by framework, e.g. `{ "PCI DSS 3.2.1": ["3.4"] }`; NIST CSF 2.0 categories follow from NIST SP 800-53. */
  readonly requirements: Readonly<Record<string, readonly string[]>>;
  /** False where nobody has collected the requirements of this control yet: that none are listed says nothing then. */
  readonly collected: boolean;
}

const names: Readonly<Record<string, string>> = {
  'pci-dss-3.2.1': 'PCI DSS 3.2.1',
  'cis-1.2.0': 'CIS AWS Foundations Benchmark 1.2.0',
  'cis-1.4.0': 'CIS AWS Foundations Benchmark 1.4.0',
  'cis-3.0.0': 'CIS AWS Foundations Benchmark 3.0.0',
  'cis-5.0.0': 'CIS AWS Foundations Benchmark 5.0.0',
  'nist-800-53-r5': 'NIST SP 800-53 Rev. 5',
};

const byId: ReadonlyMap<string, string> = new Map(Object.entries(controls));

/**
 * The frameworks of a Security Hub control; undefined where it is not one that is known.
 *
 * @see docs/evidence.md for the sources
 * @example
 * frameworksOf('S3.4')?.requirements['PCI DSS 3.2.1']; // ['3.4']
 */
export function frameworksOf(controlId: string): ControlFrameworks | undefined {
  const [severity, title, related] = byId.get(controlId)?.split(' | ') ?? [];
  if (severity === undefined || title === undefined || related === undefined) return undefined;
  const collected = related !== 'not collected';
  const stated = collected && related !== '' ? related.split('; ').map(requirementsOf) : [];
  const nist = stated.find(([name]) => name === names['nist-800-53-r5'])?.[1] ?? [];
  const csf = csfCategoriesOf(nist);
  return {
    id: controlId,
    title,
    severity,
    requirements: Object.fromEntries(csf.length > 0 ? [...stated, ['NIST CSF 2.0', csf]] : stated),
    collected,
  };
}

function requirementsOf(text: string): readonly [string, readonly string[]] {
  const [standard = '', ...ids] = text.split(' ');
  return [names[standard] ?? standard, ids];
}
