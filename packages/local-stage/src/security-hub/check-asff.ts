import { asffSchema } from './asff-schema.ts';
import { at, isObject } from './json.ts';
import { problemsOf } from './schema.ts';

/** "The maximum allowed size for a finding is 240 Kb" (API reference of BatchImportFindings). */
export const maxFindingBytes = 240 * 1024;

/** Why a finding is refused, as FailedFindings says it; undefined when it is taken. */
export function refusalOf(finding: unknown): string | undefined {
  const problems = [...problemsOf(asffSchema, finding), ...severityProblems(finding)];
  if (problems.length > 0)
    return `Finding does not adhere to Amazon Finding Format. ${problems.join(', ')}.`;
  if (Buffer.byteLength(JSON.stringify(finding)) > maxFindingBytes)
    return 'Finding size exceeded 240 KB.';
  return undefined;
}

/** A finding states its severity itself, or as its provider's. */
function severityProblems(finding: unknown): readonly string[] {
  if (!isObject(finding)) return [];
  const stated = [finding.Severity, at(finding, 'FindingProviderFields.Severity')];
  if (stated.some((severity) => severity !== undefined && severity !== null)) return [];
  return [
    "data should have required property 'Severity'",
    "data should have required property 'FindingProviderFields'",
    'data should match some schema in anyOf',
  ];
}
