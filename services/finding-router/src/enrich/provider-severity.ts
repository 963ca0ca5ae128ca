import { type Finding, type Severity, severityFromAsff, severityFromOcsf } from '@riposte/findings';
import { member } from './member.ts';

/**
 * The severity that the finding's provider gave it: `FindingProviderFields` (ASFF), `vendor_attributes` (OCSF), else the present one. A score
 * that started from a severity which an earlier score had set would climb with every update.
 */
export function providerSeverity({ raw, severity }: Finding): Severity {
  const given = member(raw, 'FindingProviderFields', 'Severity');
  const vendor = member(raw, 'vendor_attributes');
  return (
    severityFromAsff(member(given, 'Label'), member(given, 'Normalized')) ??
    severityFromOcsf(member(vendor, 'severity_id'), member(vendor, 'severity')) ??
    severity
  );
}
