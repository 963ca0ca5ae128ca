import {
  anywhere,
  type Facts,
  isFilled,
  type Need,
  type Needs,
  text,
  texts,
} from './call-facts.ts';

/** What calls of CloudTrail need: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html. */
export const trailNeeds: Readonly<Record<string, Needs>> = {
  'cloudtrail:DescribeTrails': anywhere('cloudtrail:DescribeTrails'),
  'cloudtrail:ListTrails': anywhere('cloudtrail:ListTrails'),
  'cloudtrail:GetTrail': onTrail('GetTrail', 'Name'),
  'cloudtrail:GetTrailStatus': onTrail('GetTrailStatus', 'Name'),
  'cloudtrail:StartLogging': onTrail('StartLogging', 'Name'),
  'cloudtrail:GetEventSelectors': onTrail('GetEventSelectors', 'TrailName'),
  'cloudtrail:GetInsightSelectors': onTrail('GetInsightSelectors', 'TrailName'),
  'cloudtrail:PutEventSelectors': onTrail('PutEventSelectors', 'TrailName'),
  'cloudtrail:PutInsightSelectors': onTrail('PutInsightSelectors', 'TrailName'),
  'cloudtrail:ListTags': (call) =>
    texts(call.parameters.ResourceIdList).map((name) => trail('ListTags', name, call)),
  'cloudtrail:UpdateTrail': (call) => [
    trail('UpdateTrail', text(call.parameters.Name), call),
    ...deliveryRole(call),
  ],
  // Tags given at creation are allowed by the action that adds them:
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_id-based-policy-examples.html
  'cloudtrail:CreateTrail': (call) => [
    trail('CreateTrail', text(call.parameters.Name), call),
    ...(isFilled(call.parameters.TagsList)
      ? [trail('AddTags', text(call.parameters.Name), call)]
      : []),
    ...deliveryRole(call),
  ],
};

function onTrail(operation: string, member: string): Needs {
  return (call) => [trail(operation, text(call.parameters[member]), call)];
}

function trail(operation: string, name: string, { arn }: Facts): Need {
  const resource = name.startsWith('arn:') ? name : arn('cloudtrail', `trail/${name}`);
  return { action: `cloudtrail:${operation}`, resource };
}

/** Whoever names the role that CloudTrail delivers to CloudWatch Logs with must be allowed to pass it to CloudTrail. */
function deliveryRole({ parameters }: Facts): readonly Need[] {
  const resource = text(parameters.CloudWatchLogsRoleArn);
  const context = { 'iam:PassedToService': 'cloudtrail.amazonaws.com' };
  return resource === '' ? [] : [{ action: 'iam:PassRole', resource, context }];
}
