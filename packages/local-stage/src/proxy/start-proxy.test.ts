import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { observerAppId } from './serve-call.ts';
import { type CallProxy, startProxy } from './start-proxy.ts';

const home = { accountId: '123456789012', region: 'us-east-1' };

interface Seen {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe('the proxy', () => {
  let upstream: Server;
  let proxy: CallProxy;
  let seen: Seen[];
  let processGroup: number | undefined;
  /** What the emulator answers to a path or target: status and body. */
  let answers: Record<string, readonly [number, string]>;

  beforeEach(async () => {
    seen = [];
    answers = {};
    processGroup = undefined;
    upstream = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      seen.push({ url: request.url ?? '', headers: request.headers, body });
      const operation = String(request.headers['x-amz-target'] ?? request.url)
        .split('.')
        .at(-1);
      const [status, text] = answers[operation ?? ''] ?? [200, '{}'];
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    });
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const address = upstream.address() as AddressInfo;
    proxy = await startProxy({
      home,
      endpointOf: () => `http://127.0.0.1:${address.port}`,
      processGroup: () => processGroup,
      control: { 'GET calls': () => proxy.calls(), 'POST echo': (_question, body) => ({ body }) },
    });
  });
  afterEach(async () => {
    await proxy.stop();
    upstream.closeAllConnections();
    upstream.close();
  });

  function send(
    target: string,
    { body = '{}', appId = 'riposte-test', account = home.accountId, service = 'cloudtrail' } = {},
  ): Promise<Response> {
    const json = target.includes('.');
    return fetch(`${proxy.endpoint}${json ? '/' : target}`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        ...(json && { 'x-amz-target': target }),
        'user-agent': `test app/${appId}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/us-east-1/${service}/aws4_request, Signature=0`,
      },
    });
  }

  it('passes calls on and records them in the order in which they began', async () => {
    answers.PutItem = [200, '{"ok":true}'];
    const response = await send('DynamoDB_20120810.PutItem', {
      service: 'dynamodb',
      body: '{"TableName":"state"}',
    });
    expect(await response.json()).toEqual({ ok: true });
    await send('DynamoDB_20120810.GetItem', { service: 'dynamodb' });
    expect(proxy.calls()).toEqual([
      expect.objectContaining({
        id: 1,
        operation: 'PutItem',
        appId: 'riposte-test',
        parameters: { TableName: 'state' },
        status: 200,
      }),
      expect.objectContaining({ id: 2, operation: 'GetItem' }),
    ]);
    proxy.clearCalls();
    expect(proxy.calls()).toEqual([]);
  });

  it('streams what is too large to read', async () => {
    const body = 'x'.repeat(2_000_000);
    await send('/2015-03-31/functions', { service: 'lambda', body });
    expect(seen[0]?.body.length).toBe(body.length);
    expect(proxy.calls()[0]).toMatchObject({ operation: 'CreateFunction', status: 200 });
  });

  it('records the code of an error, wherever the protocol has it', async () => {
    answers.PutItem = [400, '{"__type":"com.amazonaws#ConditionalCheckFailedException:http://x"}'];
    await send('DynamoDB_20120810.PutItem', { service: 'dynamodb' });
    answers.Publish = [403, '<ErrorResponse><Error><Code>AuthorizationError</Code></Error>'];
    await send('X.Publish', { service: 'sns' });
    answers.Other = [500, 'no idea'];
    await send('X.Other', { service: 'sns' });
    expect(proxy.calls().map(({ errorCode }) => errorCode)).toEqual([
      'ConditionalCheckFailedException',
      'AuthorizationError',
      'Unknown',
    ]);
  });

  it('records nothing of what is no AWS call, and of what the stage itself asks', async () => {
    await fetch(`${proxy.endpoint}/_ministack/health`);
    proxy.throttleLikeAws(true);
    proxy.faults.add({ effect: 'error' });
    for (const _turn of [1, 2, 3])
      await send('CloudTrail_20131101.StopLogging', { appId: observerAppId });
    expect(seen).toHaveLength(4);
    expect(proxy.calls()).toEqual([]);
  });

  it('throttles CloudTrail when it is switched on', async () => {
    proxy.throttleLikeAws(true);
    await send('CloudTrail_20131101.StopLogging');
    const second = await send('CloudTrail_20131101.StopLogging');
    expect(second.status).toBe(400);
    expect(await second.json()).toMatchObject({ __type: 'ThrottlingException' });
    expect(proxy.calls()[1]).toMatchObject({ status: 400, errorCode: 'ThrottlingException' });
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['throttle', 400, 'ThrottlingException'],
    ['error', 500, 'InternalFailure'],
    ['deny', 400, 'AccessDeniedException'],
  ] as const)('lets a call fail: %s', async (effect, status, errorCode) => {
    proxy.faults.add({ operation: 'PutItem', effect });
    const response = await send('DynamoDB_20120810.PutItem', { service: 'dynamodb' });
    expect(response.status).toBe(status);
    expect(proxy.calls()[0]).toMatchObject({ status, errorCode, fault: effect });
    expect(seen).toHaveLength(0);
  });

  it('denies by 403 where the protocol does', async () => {
    proxy.faults.add({ effect: 'deny' });
    expect((await send('/findings', { service: 'securityhub' })).status).toBe(403);
  });

  it('lets a call hang, then cuts it off', async () => {
    proxy.faults.add({ effect: 'timeout', hangMs: 20 });
    await expect(send('DynamoDB_20120810.PutItem', { service: 'dynamodb' })).rejects.toThrow();
    expect(proxy.calls()[0]).toMatchObject({ status: 0, fault: 'timeout' });
  });

  it('does what was asked and does not tell', async () => {
    proxy.faults.add({ effect: 'error', when: 'after', operation: 'PutItem' });
    const response = await send('DynamoDB_20120810.PutItem', { service: 'dynamodb' });
    expect(response.status).toBe(500);
    expect(seen).toHaveLength(1);
  });

  it('fails its own answers too', async () => {
    answers.GetTrail = [200, '{"Trail":{"TrailARN":"arn","HomeRegion":"us-east-1"}}'];
    proxy.faults.add({ effect: 'error', when: 'after' });
    const response = await send('CloudTrail_20131101.PutInsightSelectors', {
      body: '{"TrailName":"main","InsightSelectors":[]}',
    });
    expect(response.status).toBe(500);
  });

  it('kills the process that called, of the group that it may kill', async () => {
    proxy.faults.add({ effect: 'kill', when: 'after' });
    const caller = spawn(
      process.execPath,
      [
        '-e',
        `fetch(${JSON.stringify(`${proxy.endpoint}/`)}, { method: 'POST', body: '{}', headers: {
          'x-amz-target': 'X.PutItem',
          authorization: 'AWS4-HMAC-SHA256 Credential=123456789012/20260101/us-east-1/dynamodb/aws4_request' } })`,
      ],
      { detached: true, stdio: 'ignore' },
    );
    processGroup = caller.pid;
    const [, signal] = await once(caller, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(proxy.calls()[0]).toMatchObject({ status: 0, fault: 'kill' });
    expect(seen).toHaveLength(1);
  });

  it('says which role a session of AssumeRole stands for', async () => {
    const session = 'ASIAEXAMPLE';
    answers['/'] = [200, `<AccessKeyId>${session}</AccessKeyId>`];
    const role = 'arn:aws:iam::333333333333:role/member';
    await fetch(`${proxy.endpoint}/`, {
      method: 'POST',
      body: `Action=AssumeRole&RoleArn=${encodeURIComponent(role)}`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization:
          'AWS4-HMAC-SHA256 Credential=123456789012/20260101/us-east-1/sts/aws4_request',
      },
    });
    await send('CloudTrail_20131101.GetTrailStatus', { account: session });
    expect(proxy.calls()[1]).toMatchObject({ accountId: '333333333333', roleArn: role });
  });

  it('cuts a call off when the emulator is gone', async () => {
    upstream.closeAllConnections();
    upstream.close();
    await expect(send('DynamoDB_20120810.PutItem', { service: 'dynamodb' })).rejects.toThrow();
    expect(proxy.calls()[0]).toMatchObject({ status: 502, errorCode: 'StageProxyError' });
    await expect(fetch(`${proxy.endpoint}/_ministack/health`)).rejects.toThrow();
  });

  it('answers other processes of the stage', async () => {
    await send('DynamoDB_20120810.PutItem', { service: 'dynamodb' });
    const calls = await fetch(`${proxy.endpoint}/_stage/calls`);
    expect(await calls.json()).toHaveLength(1);
    const echo = await fetch(`${proxy.endpoint}/_stage/echo`, { method: 'POST', body: 'hello' });
    expect(await echo.json()).toEqual({ body: 'hello' });
    expect((await fetch(`${proxy.endpoint}/_stage/nothing`)).status).toBe(404);
  });

  it('adds little to a call', async () => {
    for (let turn = 0; turn < 100; turn++) await send('X.PutItem', { service: 'dynamodb' });
    const durations = proxy.calls().map(({ durationMs }) => durationMs);
    durations.sort((one, other) => one - other);
    // Mostly under one; the limit leaves room for a busy machine.
    expect(durations[50]).toBeLessThan(5);
  });
});
