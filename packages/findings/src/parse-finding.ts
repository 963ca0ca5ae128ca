import { MalformedFindingError } from './errors.ts';
import type { Finding } from './finding.ts';
import { parseAsffFinding } from './parse-asff-finding.ts';
import { parseGuardDutyFinding } from './parse-guardduty-finding.ts';
import { parseOcsfFinding } from './parse-ocsf-finding.ts';
import { isObject } from './read.ts';

const marks = {
  ocsf: ['class_uid', 'category_uid', 'finding_info', 'finding_info_list', 'severity_id'],
  asff: ['ProductArn', 'AwsAccountId', 'GeneratorId', 'Resources', 'FindingProviderFields'],
} as const;

/**
 * Reads one finding whose format is told by its fields: OCSF (`class_uid`), ASFF (`ProductArn`, `AwsAccountId`), else GuardDuty.
 *
 * @throws MalformedFindingError naming the first field that is missing or wrong.
 * @example
 * const findings = JSON.parse(file).map(parseFinding);
 */
export function parseFinding(input: unknown): Finding {
  if (!isObject(input)) throw new MalformedFindingError('(root)');
  const hasOneOf = (keys: readonly string[]) => keys.some((key) => Object.hasOwn(input, key));
  if (hasOneOf(marks.ocsf)) return parseOcsfFinding(input);
  if (hasOneOf(marks.asff)) return parseAsffFinding(input);
  return parseGuardDutyFinding(input);
}
