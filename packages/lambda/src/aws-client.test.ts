import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { awsClient } from './index.ts';

const credentials = { accessKeyId: 'a', secretAccessKey: 's' };

describe('awsClient', () => {
  afterEach(() => {
    delete process.env.RIPOSTE_FUNCTION;
  });

  it('names the function to AWS, and is patient with throttling', async () => {
    process.env.RIPOSTE_FUNCTION = 'restart-trail';
    const client = awsClient(SQSClient, { region: 'eu-west-1' });
    expect(await client.config.userAgentAppId()).toBe('riposte-restart-trail');
    expect(await client.config.maxAttempts()).toBe(8);
    expect(await client.config.region()).toBe('eu-west-1');
  });

  it('is named local outside a function', async () => {
    const client = awsClient(SQSClient, { region: 'eu-west-1' });
    expect(await client.config.userAgentAppId()).toBe('riposte-local');
  });

  it('tries again when AWS throttles, and gives up a request that hangs', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      const isThrottled = asked < 3;
      response.writeHead(isThrottled ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(
        isThrottled
          ? '{"__type":"com.amazonaws.sqs#RequestThrottled","message":"slow down"}'
          : '{"MessageId":"m-1","MD5OfMessageBody":"5d41402abc4b2a76b9719d911017c592"}',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = portOf(server.address());
    const endpoint = `http://127.0.0.1:${port}`;
    const client = awsClient(SQSClient, { region: 'eu-west-1', endpoint, credentials });
    try {
      const QueueUrl = `${endpoint}/123456789012/q`;
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
      expect(asked).toBe(3);
      const { requestHandler } = client.config;
      const limits =
        requestHandler instanceof NodeHttpHandler ? requestHandler.httpHandlerConfigs() : {};
      expect(limits).toMatchObject({
        connectionTimeout: 2_000,
        requestTimeout: 10_000,
        throwOnRequestTimeout: true,
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
