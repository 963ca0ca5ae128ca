import type { JsonObject } from '../templates/json.ts';
import type { Grant } from './deployed-role.ts';

interface Reviewed {
  readonly actions: RegExp;
  readonly resources: RegExp;
  /** The condition that was reviewed: with another one, or none, the grant was not. */
  readonly condition?: JsonObject;
  readonly why: string;
}

/** Resources that a role names by pattern, because nobody knows them when it is deployed. */
const reviewed: readonly Reviewed[] = [
  {
    actions:
      /^(cloudtrail:(DescribeTrails|ListTrails)|xray:(PutTraceSegments|PutTelemetryRecords))$/,
    resources: /^\*$/,
    why: 'these actions know no resource',
  },
  {
    actions:
      /^organizations:(DescribeOrganization|ListAccounts|ListAWSServiceAccessForOrganization)$/,
    resources: /^\*$/,
    why: 'reads of the organization know no resource',
  },
  {
    actions: /^organizations:EnableAWSServiceAccess$/,
    resources: /^\*$/,
    why: 'knows no resource; the listed condition lets CloudTrail in alone',
  },
  {
    actions: /^cloudtrail:/,
    resources: /^arn:[\w-]+:cloudtrail:\*:(\d{12}|\*):trail\/\*$/,
    why: 'trails of any name and Region are answered',
  },
  {
    actions: /^sts:(AssumeRole|SetSourceIdentity)$/,
    resources: /^arn:[\w-]+:iam::\*:role\/riposte-member-[\w-]+$/,
    why: "one role, in any account; the role's own trust says from where",
  },
  {
    actions: /^iam:PassRole$/,
    resources: /^arn:[\w-]+:iam::\d{12}:role\/\*$/,
    condition: { StringEquals: { 'iam:PassedToService': 'cloudtrail.amazonaws.com' } },
    why: 'any role that a trail delivers to CloudWatch Logs with, to CloudTrail alone',
  },
  {
    actions: /^securityhub:BatchUpdateFindings$/,
    resources: /^arn:[\w-]+:securityhub:[\w-]+:\d{12}:hubv2\/\*$/,
    why: 'the hub of version 2 has an id that AWS makes up',
  },
  {
    actions: /^securityhub:(BatchImportFindings|GetFindings|BatchUpdateFindings)$/,
    resources: /^arn:[\w-]+:securityhub:\*:(\d{12}):(product\/\1\/default|hub\/default)$/,
    why: "findings about nodes are told in the nodes' own Regions",
  },
  {
    actions: /^s3:GetObjectVersion$/,
    resources: /^arn:[\w-]+:s3:::[\w-]+-inventorybucket-[\w-]+\/\*$/,
    why: 'versions of the inventories of all nodes are compared',
  },
  {
    actions: /^s3:GetObject$/,
    resources: /^arn:[\w-]+:s3:::[\w-]+-inventorybucket-[\w-]+\/AWS:InstanceInformation\/\*$/,
    why: 'how nodes stand that have fallen silent, and nothing else of an inventory',
  },
  {
    actions: /^s3:(PutObject|GetObject)$/,
    resources: /^arn:[\w-]+:s3:::[\w-]+\/fim\/\*$/,
    why: 'one object for each ledger and each batch of comparisons; ledgers are read back',
  },
  {
    actions: /^ssm:DescribeInstanceAssociationsStatus$/,
    resources: /^arn:[\w-]+:(ec2:[\w-]+:\d{12}:instance|ssm:[\w-]+:\d{12}:managed-instance)\/\*$/,
    why: 'nodes come and go; only how their associations stand is read',
  },
  {
    actions: /^s3:PutObject$/,
    resources: /^arn:[\w-]+:s3:::[\w-]+\/responses\/\*$/,
    why: 'one object for each outcome',
  },
  {
    actions: /^securityhub:GetFindings$/,
    resources: /^arn:[\w-]+:securityhub:[\w-]+:\d{12}:hubv2\/\*$/,
    why: 'the same hub, read',
  },
  {
    actions: /^tag:(GetResources|TagResources)$/,
    resources: /^\*$/,
    why: 'these actions know no resource',
  },
  {
    actions: /^organizations:ListParents$/,
    resources: /^arn:[\w-]+:organizations::\*:(account|ou)\/o-\*\/\*$/,
    why: 'accounts and units of the organization, whose management account and id are not known here',
  },
  {
    actions: /^s3:(GetObject|PutObject)$/,
    resources: /^arn:[\w-]+:s3:::[\w-]+\/(findings|manifests)\/\*$/,
    why: 'one object for each finding that is kept, and for each manifest',
  },
  {
    actions: /^s3:(GetObject|PutObject)$/,
    resources: /^arn:[\w-]+:s3:::[\w-]*feedsbucket[\w-]*\/\*$/,
    why: 'a bucket that holds nothing but feeds',
  },
  {
    actions: /^secretsmanager:GetSecretValue$/,
    resources:
      /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:riposte\/(jira|servicenow|slack|teams|pagerduty|webhook)(-|\/)\*$/,
    why: 'secrets of one type of channel; Secrets Manager appends six characters to the name',
  },
  {
    actions: /^ssm:StartAutomationExecution$/,
    resources:
      /^arn:[\w-]+:ssm:[\w-]+:(\d{12})?:automation-(definition\/[\w.-]+:\*|execution\/\*)$/,
    why: "any version of one document; an execution's id is made when it starts",
  },
  {
    actions: /^ssm:GetAutomationExecution$/,
    resources: /^arn:[\w-]+:ssm:[\w-]+:\d{12}:automation-execution\/\*$/,
    why: 'the same executions, read',
  },
  {
    actions: /^logs:(CreateLogStream|PutLogEvents)$/,
    resources: /^arn:[\w-]+:logs:[\w-]+:\d{12}:log-group:\/aws\/lambda\/riposte-[\w-]+:\*:\*$/,
    why: "streams of the function's own group",
  },
];

/** Why a grant may name its resources by pattern; undefined: it may not. */
export function reviewedWildcard({ action, resource, condition }: Grant): string | undefined {
  const isIt = (one: Reviewed) =>
    one.actions.test(action) &&
    one.resources.test(resource) &&
    // As texts: tests also ask with copies, whose prototypes are of another realm.
    (!one.condition || JSON.stringify(condition) === JSON.stringify(one.condition));
  return reviewed.find(isIt)?.why;
}
