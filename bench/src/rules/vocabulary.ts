type Texts = readonly [string, ...string[]];

function numbered(count: number, text: (index: number) => string): Texts {
  const [first = '', ...rest] = Array.from({ length: count }, (_, index) => text(index));
  return [first, ...rest];
}

/** What findings are about, and rules ask for. */
export const accounts = numbered(60, (index) => String(111_100_000_000 + index * 7_919_003));
export const regions: Texts = ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2'];
export const applications: Texts = [
  'payments',
  'ledger',
  'search',
  'catalogue',
  'identity',
  'batch',
];
export const environments: Texts = ['production', 'staging', 'development'];
export const severities: Texts = ['CRITICAL', 'HIGH', 'MEDIUM', 'MEDIUM', 'LOW', 'INFORMATIONAL'];

const services: Texts = [
  'S3',
  'EC2',
  'RDS',
  'IAM',
  'Lambda',
  'KMS',
  'CloudTrail',
  'ECS',
  'SNS',
  'EKS',
];
export const controls = numbered(
  220,
  (index) => `${services[index % services.length]}.${1 + Math.floor(index / services.length)}`,
);

export const standards: Texts = [
  'standards/aws-foundational-security-best-practices/v/1.0.0',
  'ruleset/cis-aws-foundations-benchmark/v/1.2.0',
  'standards/pci-dss/v/3.2.1',
  'standards/nist-800-53/v/5.0.0',
];

/** GuardDuty's own names; Security Hub's have a namespace before and another separator. */
export const threats: Texts = [
  'UnauthorizedAccess:EC2/SSHBruteForce',
  'UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B',
  'Recon:EC2/PortProbeUnprotectedPort',
  'Recon:IAMUser/MaliciousIPCaller',
  'CryptoCurrency:EC2/BitcoinTool.B',
  'Stealth:IAMUser/CloudTrailLoggingDisabled',
  'Exfiltration:S3/AnomalousBehavior',
  'Discovery:S3/TorIPCaller',
  'Backdoor:EC2/C&CActivity.B',
  'Persistence:IAMUser/AnomalousBehavior',
  'CredentialAccess:RDS/AnomalousBehavior.FailedLogin',
  'Execution:Runtime/NewBinaryExecuted',
];

/** Types of resources as ASFF and as OCSF call them. */
export const resourceTypes: readonly [readonly [string, string], ...(readonly [string, string])[]] =
  [
    ['AwsS3Bucket', 'AWS::S3::Bucket'],
    ['AwsEc2Instance', 'AWS::EC2::Instance'],
    ['AwsEc2SecurityGroup', 'AWS::EC2::SecurityGroup'],
    ['AwsIamPolicy', 'AWS::IAM::Policy'],
    ['AwsIamAccessKey', 'AWS::IAM::AccessKey'],
    ['AwsLambdaFunction', 'AWS::Lambda::Function'],
    ['AwsRdsDbInstance', 'AWS::RDS::DBInstance'],
    ['AwsKmsKey', 'AWS::KMS::Key'],
  ];

export const packages: Texts = [
  'openssl',
  'log4j-core',
  'curl',
  'glibc',
  'go/stdlib',
  'lodash',
  'sudo',
];
export const cves = numbered(150, (index) => `CVE-202${index % 6}-${10_000 + index * 37}`);
