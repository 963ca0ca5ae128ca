import * as z from 'zod';
import { formatArn, partitionOfRegion } from './arn.ts';
import { MalformedFindingError } from './errors.ts';
import type { Finding } from './finding.ts';
import { guardDutyResources } from './guardduty-resources.ts';
import { defined, isObject, numberOf, read, textOf } from './read.ts';
import { severityFromGuardDuty } from './severity.ts';

const text = z.string().min(1);
const accountId = z.string().regex(/^\d{12}$/);
const severity = z.preprocess(numberOf, z.number());

const camelCase = z.object({ id: text, accountId, region: text, type: text, severity });
const pascalCase = z
  .object({ Id: text, AccountId: accountId, Region: text, Type: text, Severity: severity })
  .transform(({ Id, AccountId, Region, Type, Severity }) => ({
    id: Id,
    accountId: AccountId,
    region: Region,
    type: Type,
    severity: Severity,
  }));

/**
 * Reads one finding in GuardDuty's own format: as EventBridge carries it (`accountId`), as GetFindings returns it
 * (`AccountId`), which differ in the case of the first letter only.
 *
 * @throws MalformedFindingError naming the first field that is missing or wrong.
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
 * @example
 * const finding = parseGuardDutyFinding(event.detail);
 */
export function parseGuardDutyFinding(input: unknown): Finding {
  const raw = isObject(input) ? input : {};
  const has = (key: string) => Object.hasOwn(raw, key);
  const isPascal = !has('id') && (has('Id') || has('AccountId'));
  const named = (key: string) => raw[isPascal ? key.charAt(0).toUpperCase() + key.slice(1) : key];
  const known = isPascal
    ? read(pascalCase, input, MalformedFindingError)
    : read(camelCase, input, MalformedFindingError);
  const partition = textOf(named('partition')) ?? partitionOfRegion(known.region);
  const arn = textOf(named('arn'));
  return defined({
    format: 'guardduty' as const,
    id: arn ?? known.id,
    productArn: formatArn({
      partition,
      service: 'securityhub',
      region: known.region,
      accountId: '',
      resource: 'product/aws/guardduty',
    }),
    productName: 'GuardDuty',
    generatorId: arn?.split('/finding/')[0],
    accountId: known.accountId,
    region: known.region,
    partition,
    title: textOf(named('title')) ?? known.type,
    description: textOf(named('description')),
    types: [known.type],
    severity: severityFromGuardDuty(known.severity),
    resources: guardDutyResources(named('resource'), named('service')),
    productFields: {},
    createdAt: textOf(named('createdAt')),
    updatedAt: textOf(named('updatedAt')),
    raw,
  });
}
