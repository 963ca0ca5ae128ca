const authorization = 'https://docs.aws.amazon.com/service-authorization/latest/reference';
const cloudTrail = `${authorization}/list_awscloudtrail.html`;
const organizations = `${authorization}/list_awsorganizations.html`;
const systemsManager = `${authorization}/list_awssystemsmanager.html`;
const tagging = `${authorization}/list_amazonresourcegrouptaggingapi.html`;
const xRay = `${authorization}/list_awsx-ray.html`;

/** Actions that know no resource, or all of them, with the page that says so. */
export const knownEverywhere: Readonly<Record<string, string>> = {
  'cloudtrail:DescribeTrails': cloudTrail,
  'cloudtrail:ListTrails': cloudTrail,
  'organizations:DescribeOrganization': organizations,
  'organizations:ListAccounts': organizations,
  'organizations:ListAWSServiceAccessForOrganization': organizations,
  'organizations:EnableAWSServiceAccess': organizations,
  'ssm:DescribeInstanceInformation': systemsManager,
  'ssm:ListResourceDataSync': systemsManager,
  'tag:GetResources': tagging,
  'xray:PutTraceSegments': xRay,
  'xray:PutTelemetryRecords': xRay,
};
