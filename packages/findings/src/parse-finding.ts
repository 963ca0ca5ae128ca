import { MalformedFindingError } from './errors.ts';
import type { Finding } from './finding.ts';
import { parseAsffFinding } from './parse-asff-finding.ts';
import { parseGuardDutyFinding } from './parse-guardduty-finding.ts';
import { parseOcsfFinding } from './parse-ocsf-finding.ts';
import { isObject } from './read.ts';

/**
 * Reads one finding whose format is told by its fields: OCSF (`class_uid`), ASFF (`ProductArn` or `AwsAccountId`), GuardDuty.
 *
 * @throws MalformedFindingError naming the first field that is missing or wrong.
 * @example
 * const findings = JSON.parse(file).map(parseFinding);
 */
export function parseFinding(input: unknown): Finding {
  if (!isObject(input)) throw new MalformedFindingError('(root)');
  const has = (key: string) => Object.hasOwn(input, key);
  if (has('class_uid') || has('finding_info')) return parseOcsfFinding(input);
  if (has('ProductArn') || has('AwsAccountId')) return parseAsffFinding(input);
  return parseGuardDutyFinding(input);
}
