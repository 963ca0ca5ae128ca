import { type Check, missing, ok } from '../check.ts';

/** Security Hub is on, and collects findings in the Region that acts. */
export const securityHubCheck: Check = {
  name: 'security-hub',
  reads: [
    'securityhub:DescribeHub',
    'securityhub:ListFindingAggregators',
    'securityhub:GetFindingAggregator',
  ],
  async run({ securityHub, deployment: { region } }) {
    if (!(await securityHub.isEnabled())) {
      return [
        missing(
          `Security Hub is not enabled in ${region}`,
          `aws securityhub enable-security-hub --region ${region}`,
        ),
      ];
    }
    const enabled = ok(`Security Hub is enabled in ${region}`);
    const aggregation = await securityHub.aggregation();
    if (aggregation === undefined) {
      return [
        enabled,
        missing(
          'findings of other Regions are not collected here',
          `aws securityhub create-finding-aggregator --region-linking-mode ALL_REGIONS --region ${region}`,
        ),
      ];
    }
    if (aggregation.region === region)
      return [enabled, ok(`findings are collected in ${region}, the home Region`)];
    return [
      enabled,
      missing(
        `findings are collected in ${aggregation.region}, and Riposte acts in ${region}`,
        `deploy Riposte in ${aggregation.region}, or move the aggregation Region to ${region}`,
      ),
    ];
  },
};

/** GuardDuty is on: the second path to a stopped trail. */
export const guardDutyCheck: Check = {
  name: 'guardduty',
  reads: ['guardduty:ListDetectors', 'guardduty:GetDetector'],
  async run({ isGuardDutyEnabled, deployment: { region } }) {
    if (await isGuardDutyEnabled()) return [ok(`GuardDuty is enabled in ${region}`)];
    return [
      missing(
        `GuardDuty is not enabled in ${region}`,
        `aws guardduty create-detector --enable --region ${region}`,
      ),
    ];
  },
};
