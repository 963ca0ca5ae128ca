import { defined, isObject, objectOf, textOf } from './json.ts';
import type { JsonObject } from './types.ts';

/** Service names whose spelling in resource types is not that of ASFF. */
const spelled: Readonly<Record<string, string>> = {
  Acm: 'CertificateManager',
  Ec2: 'EC2',
  Ecr: 'ECR',
  Ecs: 'ECS',
  Efs: 'EFS',
  Eks: 'EKS',
  Elb: 'ElasticLoadBalancing',
  Iam: 'IAM',
  Kms: 'KMS',
  Rds: 'RDS',
  Sns: 'SNS',
  Sqs: 'SQS',
  Ssm: 'SSM',
  Waf: 'WAF',
};

/** Types that the pattern would take apart wrongly. */
const known: Readonly<Record<string, string>> = {
  AwsAccount: 'AWS::::Account',
  AwsApiGatewayStage: 'AWS::ApiGateway::Stage',
  AwsAutoScalingAutoScalingGroup: 'AWS::AutoScaling::AutoScalingGroup',
  AwsCloudFormationStack: 'AWS::CloudFormation::Stack',
  AwsCloudFrontDistribution: 'AWS::CloudFront::Distribution',
  AwsCloudTrailTrail: 'AWS::CloudTrail::Trail',
  AwsDynamoDbTable: 'AWS::DynamoDB::Table',
  AwsRdsDbInstance: 'AWS::RDS::DBInstance',
  AwsRdsDbCluster: 'AWS::RDS::DBCluster',
  AwsSecretsManagerSecret: 'AWS::SecretsManager::Secret',
};

/** `AwsEc2Instance` is `AWS::EC2::Instance` in OCSF; what is no type of AWS stays. */
function typeOf(asff: string): string {
  const [, service = '', kind = ''] = /^Aws([A-Z][a-z0-9]+)([A-Z]\w*)$/.exec(asff) ?? [];
  return known[asff] ?? (kind ? `AWS::${spelled[service] ?? service}::${kind}` : asff);
}

/** An ARN's bare id: what follows the last slash or colon; anything else as it is. */
function bareId(id: string): string {
  return /^arn:|^AWS::/.test(id) ? (id.split(/[:/]/).at(-1) ?? id) : id;
}

/** A resource of a finding in ASFF, in OCSF: a bare `uid`, the ARN in `uid_alt`, tags as a list. */
export function ocsfResource(resource: JsonObject, owner: unknown): JsonObject {
  const id = String(resource.Id);
  const tags = Object.entries(objectOf(resource.Tags));
  return defined({
    type: typeOf(String(resource.Type)),
    uid: bareId(id),
    uid_alt: id.startsWith('arn:') ? id : undefined,
    region: resource.Region,
    cloud_partition: resource.Partition,
    owner: { account: { uid: owner } },
    tags: tags.length > 0 ? tags.map(([name, value]) => ({ name, value })) : undefined,
  });
}

const affected = 'action/awsApiCallAction/affectedResources/';

/** Resources that GuardDuty names beside the actor's: `…/affectedResources/TYPE` in ProductFields, several by comma. */
export function affectedResources(finding: JsonObject): readonly JsonObject[] {
  return Object.entries(objectOf(finding.ProductFields))
    .filter(([name]) => name.startsWith(affected))
    .flatMap(([name, value]) =>
      (textOf(value) ?? '').split(/\s*,\s*/).map((Id) => ({
        ...{ Type: name.slice(affected.length), Id },
        ...{ Region: finding.Region, Partition: partitionOf(finding) },
      })),
    )
    .filter(isObject);
}

function partitionOf(finding: JsonObject): string {
  return String(finding.ProductArn).split(':')[1] ?? '';
}
