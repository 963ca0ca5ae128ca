import { at, type Finding, itemsOf } from '@riposte/findings';

/** Security Hub controls that fail because somebody outside the account can reach the resource, or read or write what is in it. */
const controlsOfExposure: ReadonlySet<string> = new Set([
  'CloudTrail.6',
  'DMS.1',
  'DocumentDB.3',
  'EC2.1',
  'EC2.9',
  'EC2.13',
  'EC2.14',
  'EC2.18',
  'EC2.19',
  'EC2.53',
  'EKS.1',
  'EMR.1',
  'ES.2',
  'KMS.5',
  'Lambda.1',
  'Neptune.3',
  'Opensearch.2',
  'RDS.2',
  'Redshift.1',
  'S3.2',
  'S3.3',
  'SNS.4',
  'SQS.3',
  'SSM.4',
]);

/**
 * True where the finding itself says that its resource can be reached from outside: a failed control about it, the finding type
 * `Effects/Data Exposure`, a database that is publicly accessible. Undefined where it says nothing, which does not mean that it cannot.
 * Titles are not searched: they are words that anyone may have written.
 */
export function exposureOf({ raw, types, securityControlId }: Finding): true | undefined {
  const status = at(raw, 'Compliance', 'Status') ?? at(raw, 'compliance', 'status');
  const failed = status === 'FAILED' || status === 'Fail';
  const says =
    (failed && securityControlId !== undefined && controlsOfExposure.has(securityControlId)) ||
    types.some((type) => type.startsWith('Effects/Data Exposure')) ||
    itemsOf(raw.Resources).some(isPublicDatabase);
  return says || undefined;
}

function isPublicDatabase(resource: unknown): boolean {
  return at(resource, 'Details', 'AwsRdsDbInstance', 'PubliclyAccessible') === true;
}
