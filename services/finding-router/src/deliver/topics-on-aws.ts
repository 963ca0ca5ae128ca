import { SNSClient } from '@aws-sdk/client-sns';
import { awsClient } from '@riposte/lambda';
import { snsPublisher } from '../chat/sns-publisher.ts';
import type { PublishToTopic } from '../chat/sns-sender.ts';

/** Publishes to topics of any Region, with one client for each. */
export function topicsOnAws(): PublishToTopic {
  const clients = new Map<string, SNSClient>();
  return snsPublisher((region) => {
    const client = clients.get(region) ?? awsClient(SNSClient, { region });
    clients.set(region, client);
    return client;
  });
}
