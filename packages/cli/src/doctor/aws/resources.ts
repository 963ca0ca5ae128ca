import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  GetSubscriptionAttributesCommand,
  paginateListSubscriptionsByTopic,
  SNSClient,
} from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ClientConfig } from '../../aws/connection.ts';
import type { DoctorPorts, Subscription } from '../ports.ts';

type Resources = Pick<DoctorPorts, 'subscriptions' | 'functions' | 'messagesIn' | 'retentionOf'>;

/** Topics, functions, queues and log groups, as checks ask them. */
export function resources(config: ClientConfig): Resources {
  const lambda = new LambdaClient(config);
  const sqs = new SQSClient(config);
  const logs = new CloudWatchLogsClient(config);
  return {
    subscriptions: (topicArn) => subscriptionsOf(new SNSClient(config), topicArn),
    functions: {
      async quota() {
        const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
        return AccountLimit?.ConcurrentExecutions ?? 0;
      },
      async reserved(FunctionName) {
        const reply = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
        return reply.ReservedConcurrentExecutions;
      },
    },
    async messagesIn(QueueUrl) {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
    },
    async retentionOf(logGroup) {
      const { logGroups = [] } = await logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroup }),
      );
      return logGroups.find(({ logGroupName }) => logGroupName === logGroup)?.retentionInDays;
    },
  };
}

async function subscriptionsOf(
  client: SNSClient,
  TopicArn: string,
): Promise<readonly Subscription[]> {
  const found: Subscription[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
    { client },
    { TopicArn },
  )) {
    for (const { SubscriptionArn = '', Protocol = '', Endpoint = '' } of Subscriptions) {
      const isConfirmed = SubscriptionArn.startsWith('arn:');
      const isAuthenticated =
        isConfirmed && (await isConfirmationAuthenticated(client, SubscriptionArn));
      found.push({ protocol: Protocol, endpoint: Endpoint, isConfirmed, isAuthenticated });
    }
  }
  return found;
}

async function isConfirmationAuthenticated(
  client: SNSClient,
  SubscriptionArn: string,
): Promise<boolean> {
  const { Attributes = {} } = await client.send(
    new GetSubscriptionAttributesCommand({ SubscriptionArn }),
  );
  return Attributes.ConfirmationWasAuthenticated === 'true';
}
