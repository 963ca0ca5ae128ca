'use strict';

// What serverless.yml takes from its parameters, when it is packaged: a bucket that this stack makes, or one that somebody has already; a key; an
// organization. Chosen here and not by CloudFormation's conditions, which `sls invoke local` does not read.
const given = ({ resolveVariable }, name) => resolveVariable(`param:${name}`);
const has = async (framework, name) => (await given(framework, name)) !== '';
const ownsBucket = async (framework) => !(await has(framework, 'inventoryBucketName'));
/** One for a bucket that is somebody's already is theirs, too. */
const ownsLogBucket = async (framework) =>
  (await ownsBucket(framework)) && !(await has(framework, 'accessLogBucketName'));

/** One of the service's files, or nothing. */
const partIf = (isWanted, file) => async (framework) =>
  (await isWanted(framework)) ? framework.resolveVariable(`file(resources/${file})`) : {};

const ofBucket = (own, foreign) => async (framework) =>
  (await ownsBucket(framework)) ? own : foreign(await given(framework, 'inventoryBucketName'));
const arnOf = (name, path) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:s3:::${name}${path}` });
const objects = (path) =>
  ofBucket({ 'Fn::Sub': `\${InventoryBucket.Arn}${path}` }, (name) => arnOf(name, path));

const statusObjects = async (framework) => {
  const prefix = await given(framework, 'inventoryPrefix');
  return objects(`/${prefix}AWS:InstanceInformation/*`)(framework);
};

const encryption = async (framework) => {
  const KMSMasterKeyID = await given(framework, 'inventoryKeyArn');
  if (KMSMasterKeyID === '') return { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } };
  const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID };
  return { BucketKeyEnabled: true, ServerSideEncryptionByDefault: byDefault };
};

const key = async (framework) =>
  (await given(framework, 'inventoryKeyArn')) || { Ref: 'AWS::NoValue' };

const logBucketName = async (framework) =>
  (await given(framework, 'accessLogBucketName')) || { Ref: 'AccessLogBucket' };

const bucketStatements = async (framework) => {
  const file = 'file(resources/bucket-statements.yml)';
  const own = await framework.resolveVariable(`${file}:own`);
  if (!(await has(framework, 'organizationId'))) return own;
  return [...own, ...(await framework.resolveVariable(`${file}:organization`))];
};

/** The plugin adds the rule's statement to it, or makes a policy for the rule alone where there is none. */
const queuePolicy = async (framework) => {
  const file = 'file(resources/queue-statements.yml)';
  const statements = [];
  if (!(await ownsBucket(framework)))
    statements.push(await framework.resolveVariable(`${file}:bucket`));
  if (await has(framework, 'inventoryTopicArn'))
    statements.push(await framework.resolveVariable(`${file}:topic`));
  if (statements.length === 0) return {};
  const PolicyDocument = { Version: '2012-10-17', Statement: statements };
  const Properties = { Queues: [{ Ref: 'DetectorQueue' }], PolicyDocument };
  return { Resources: { DetectorQueuePolicy: { Type: 'AWS::SQS::QueuePolicy', Properties } } };
};

/** The statements under `custom.statements`, and reading with the bucket's key where it has one. */
const statements = (name) => async (framework) => {
  const always = await framework.resolveConfigurationProperty(['custom', 'statements', name]);
  const Resource = await given(framework, 'inventoryKeyArn');
  return Resource === ''
    ? always
    : [...always, { Effect: 'Allow', Action: 'kms:Decrypt', Resource }];
};

/** Security Lake names its database and tables by the Region. */
const inRegion = (name, parts) => async (framework) => {
  const region = await framework.resolveConfigurationProperty(['provider', 'region']);
  return (await given(framework, name)) || parts(region.replaceAll('-', '_'));
};

module.exports = {
  bucketName: ofBucket({ Ref: 'InventoryBucket' }, (name) => name),
  bucketArn: ofBucket({ 'Fn::GetAtt': ['InventoryBucket', 'Arn'] }, (name) => arnOf(name, '')),
  bucketObjects: objects('/*'),
  statusObjects,
  encryption,
  key,
  logBucketName,
  bucketStatements,
  bucketPolicy: ofBucket(['InventoryBucketPolicy'], () => []),
  inventoryBucket: partIf(ownsBucket, 'inventory-bucket.yml'),
  accessLogs: partIf(ownsLogBucket, 'access-logs.yml'),
  queuePolicy,
  compare: statements('compare'),
  watchCoverage: statements('watchCoverage'),
  lakeDatabase: inRegion(
    'securityLakeDatabase',
    (region) => `amazon_security_lake_glue_db_${region}`,
  ),
  lakeTable: inRegion(
    'securityLakeTable',
    (region) => `amazon_security_lake_table_${region}_sh_findings_2_0`,
  ),
};
