import {
  at,
  type Finding,
  field,
  type Severity,
  severityFromAsff,
  severityFromOcsf,
} from '@riposte/findings';

/**
 * The severity that the finding's provider gave it: `FindingProviderFields` (ASFF), `vendor_attributes` (OCSF), else the present one. A score
 * that started from a severity which an earlier score had set would climb with every update.
 */
export function providerSeverity({ raw, severity }: Finding): Severity {
  const given = at(raw, 'FindingProviderFields', 'Severity');
  const vendor = field(raw, 'vendor_attributes');
  return (
    severityFromAsff(field(given, 'Label'), field(given, 'Normalized')) ??
    severityFromOcsf(field(vendor, 'severity_id'), field(vendor, 'severity')) ??
    severity
  );
}
