import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetDetectorCommand,
  GuardDutyClient,
  ListDetectorsCommand,
} from '@aws-sdk/client-guardduty';
import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import {
  DescribeHubCommand,
  GetFindingAggregatorCommand,
  ListFindingAggregatorsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { resources } from './resources.ts';
import { senses } from './senses.ts';

const mocks = {
  logs: mockClient(CloudWatchLogsClient),
  guardDuty: mockClient(GuardDutyClient),
  lambda: mockClient(LambdaClient),
  organizations: mockClient(OrganizationsClient),
  hub: mockClient(SecurityHubClient),
  sns: mockClient(SNSClient),
  sqs: mockClient(SQSClient),
};

afterEach(() => {
  for (const mock of Object.values(mocks)) mock.reset();
});

const config = { region: 'eu-west-1', userAgentAppId: 'riposte-cli', maxAttempts: 1 };
const error = (name: string) => Object.assign(new Error(name), { name });

describe('senses', () => {
  const { securityHub, isGuardDutyEnabled, accounts } = senses(config);

  it('knows whether Security Hub is on', async () => {
    mocks.hub.on(DescribeHubCommand).resolves({});
    expect(await securityHub.isEnabled()).toBe(true);
    mocks.hub.on(DescribeHubCommand).rejects(error('InvalidAccessException'));
    expect(await securityHub.isEnabled()).toBe(false);
    mocks.hub.on(DescribeHubCommand).rejects(error('AccessDeniedException'));
    await expect(securityHub.isEnabled()).rejects.toThrow('AccessDeniedException');
  });

  it('says where findings are collected, and from which Regions', async () => {
    mocks.hub
      .on(ListFindingAggregatorsCommand)
      .resolves({ FindingAggregators: [{ FindingAggregatorArn: 'a' }] });
    mocks.hub.on(GetFindingAggregatorCommand).resolves({
      FindingAggregationRegion: 'eu-west-1',
      RegionLinkingMode: 'SPECIFIED_REGIONS',
      Regions: ['us-east-1'],
    });
    expect(await securityHub.aggregation()).toEqual({ region: 'eu-west-1', linked: ['us-east-1'] });
    mocks.hub.on(GetFindingAggregatorCommand).resolves({ RegionLinkingMode: 'SPECIFIED_REGIONS' });
    expect(await securityHub.aggregation()).toEqual({ region: '', linked: [] });
    mocks.hub.on(GetFindingAggregatorCommand).resolves({ RegionLinkingMode: 'ALL_REGIONS' });
    expect((await securityHub.aggregation())?.linked).toEqual([]);
    mocks.hub.on(ListFindingAggregatorsCommand).resolves({});
    expect(await securityHub.aggregation()).toBeUndefined();
  });

  it('knows whether GuardDuty is on', async () => {
    mocks.guardDuty.on(ListDetectorsCommand).resolves({});
    expect(await isGuardDutyEnabled()).toBe(false);
    mocks.guardDuty.on(ListDetectorsCommand).resolves({ DetectorIds: ['d'] });
    mocks.guardDuty.on(GetDetectorCommand).resolves({ Status: 'ENABLED' });
    expect(await isGuardDutyEnabled()).toBe(true);
    mocks.guardDuty.on(GetDetectorCommand).resolves({ Status: 'DISABLED' });
    expect(await isGuardDutyEnabled()).toBe(false);
  });

  it("names the organization's active accounts", async () => {
    mocks.organizations.on(DescribeOrganizationCommand).resolves({});
    mocks.organizations
      .on(ListAccountsCommand)
      .resolvesOnce({
        Accounts: [{ Id: '1', Status: 'ACTIVE' }, { Id: '2', Status: 'SUSPENDED' }, {}],
        NextToken: 'n',
      })
      .resolves({});
    expect(await accounts()).toEqual(['1']);
    mocks.organizations
      .on(DescribeOrganizationCommand)
      .rejects(error('AWSOrganizationsNotInUseException'));
    expect(await accounts()).toBeUndefined();
  });
});

describe('resources', () => {
  const { subscriptions, functions, messagesIn, retentionOf } = resources(config);

  it('tells confirmed, authenticated and pending subscriptions apart', async () => {
    mocks.sns
      .on(ListSubscriptionsByTopicCommand)
      .resolvesOnce({
        Subscriptions: [
          {
            SubscriptionArn: 'arn:aws:sns:eu-west-1:123456789012:t:1',
            Protocol: 'email',
            Endpoint: 'a',
          },
          { SubscriptionArn: 'PendingConfirmation', Protocol: 'email', Endpoint: 'b' },
          {},
        ],
        NextToken: 'n',
      })
      .resolves({ Subscriptions: [{ SubscriptionArn: 'arn:aws:sns:eu-west-1:123456789012:t:2' }] });
    mocks.sns
      .on(GetSubscriptionAttributesCommand)
      .resolvesOnce({ Attributes: { ConfirmationWasAuthenticated: 'true' } })
      .resolves({});
    expect(await subscriptions('topic')).toEqual([
      { protocol: 'email', endpoint: 'a', isConfirmed: true, isAuthenticated: true },
      { protocol: 'email', endpoint: 'b', isConfirmed: false, isAuthenticated: false },
      { protocol: '', endpoint: '', isConfirmed: false, isAuthenticated: false },
      { protocol: '', endpoint: '', isConfirmed: true, isAuthenticated: false },
    ]);
  });

  it('reads nothing where there is no subscription', async () => {
    mocks.sns.on(ListSubscriptionsByTopicCommand).resolves({});
    expect(await subscriptions('topic')).toEqual([]);
  });

  it('reads quota and reservation of functions', async () => {
    mocks.lambda
      .on(GetAccountSettingsCommand)
      .resolves({ AccountLimit: { ConcurrentExecutions: 1000 } });
    mocks.lambda.on(GetFunctionConcurrencyCommand).resolves({ ReservedConcurrentExecutions: 5 });
    expect(await functions.quota()).toBe(1000);
    expect(await functions.reserved('f')).toBe(5);
    mocks.lambda.on(GetAccountSettingsCommand).resolves({});
    expect(await functions.quota()).toBe(0);
  });

  it('counts messages that are visible and those in flight', async () => {
    mocks.sqs.on(GetQueueAttributesCommand).resolves({
      Attributes: { ApproximateNumberOfMessages: '2', ApproximateNumberOfMessagesNotVisible: '1' },
    });
    expect(await messagesIn('q')).toBe(3);
    mocks.sqs.on(GetQueueAttributesCommand).resolves({});
    expect(await messagesIn('q')).toBe(0);
  });

  it('reads the retention of the very log group', async () => {
    mocks.logs.on(DescribeLogGroupsCommand).resolves({
      logGroups: [
        { logGroupName: '/g-other', retentionInDays: 1 },
        { logGroupName: '/g', retentionInDays: 90 },
      ],
    });
    expect(await retentionOf('/g')).toBe(90);
    mocks.logs.on(DescribeLogGroupsCommand).resolves({});
    expect(await retentionOf('/g')).toBeUndefined();
  });
});
