import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { deflateRawSync } from 'node:zlib';
import {
  CloudTrailClient,
  CreateTrailCommand,
  DescribeTrailsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  PutInsightSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { attachStage, launchStage, type Stage, stageNames, startStage } from '@riposte/local-stage';
import { eventually } from './guard/eventually.ts';

/** A zip archive of one file, by hand (APPNOTE.TXT 4.3). */
function zip(name: string, text: string): Buffer {
  const content = Buffer.from(text);
  const packed = deflateRawSync(content);
  const fixed = Buffer.alloc(26);
  fixed.writeUInt16LE(20, 0);
  fixed.writeUInt16LE(8, 4);
  fixed.writeUInt32LE(crc32(content), 10);
  fixed.writeUInt32LE(packed.length, 14);
  fixed.writeUInt32LE(content.length, 18);
  fixed.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), fixed, Buffer.from(name), packed]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00'),
    fixed,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06'), end]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Starts the trail that its event names, calling as a function of Riposte does. */
const handler = `
const http = require('node:http');
const post = (operation, body) => new Promise((resolve, reject) => {
  const request = http.request(process.env.AWS_ENDPOINT_URL, { method: 'POST', headers: {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'CloudTrail_20131101.' + operation,
    'user-agent': 'test app/riposte-restart',
    authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/' + process.env.AWS_REGION + '/cloudtrail/aws4_request, SignedHeaders=host, Signature=0',
  } }, (response) => {
    response.resume();
    response.on('end', () => response.statusCode === 200 ? resolve() : reject(new Error('status ' + response.statusCode)));
  });
  request.on('error', reject);
  request.end(JSON.stringify(body));
});
exports.handler = async (event) => {
  console.log('node ' + process.version + ' got ' + event.id);
  await post('StartLogging', { Name: event.detail.requestParameters.name });
};`;

describe('the local stage', () => {
  let stage: Stage;
  const clients: { destroy(): void }[] = [];
  function client<T extends { destroy(): void }>(
    Client: new (config: {
      endpoint: string;
      region: string;
      credentials: { accessKeyId: string; secretAccessKey: string };
      maxAttempts: number;
    }) => T,
    where: { accountId?: string; region?: string } = {},
  ): T {
    const made = new Client({
      endpoint: stage.endpoint,
      region: where.region ?? stage.region,
      credentials: { accessKeyId: where.accountId ?? stage.accountId, secretAccessKey: 'local' },
      maxAttempts: 10,
    });
    clients.push(made);
    return made;
  }
  const logging = async (name: string) => {
    const status = await client(CloudTrailClient).send(new GetTrailStatusCommand({ Name: name }));
    return status.IsLogging ? status : undefined;
  };

  beforeAll(async () => {
    stage = await startStage({ quiet: true });
    const trails = client(CloudTrailClient);
    await trails.send(new CreateTrailCommand({ Name: 'main', S3BucketName: 'logs' }));
    await trails.send(new StartLoggingCommand({ Name: 'main' }));
    const queues = client(SQSClient);
    const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: 'rule-dlq' }));
    const { Attributes } = await queues.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    const created = await client(LambdaClient).send(
      new CreateFunctionCommand({
        FunctionName: 'restart',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::${stage.accountId}:role/restart`,
        Code: { ZipFile: zip('index.js', handler) },
        Environment: { Variables: { RIPOSTE_FUNCTION: 'restart' } },
        Timeout: 10,
      }),
    );
    const events = client(EventBridgeClient);
    await events.send(
      new PutRuleCommand({
        Name: 'stopped',
        EventPattern: JSON.stringify({
          source: ['aws.cloudtrail'],
          detail: { eventName: ['StopLogging'], errorCode: [{ exists: false }] },
        }),
      }),
    );
    const dlq = Attributes?.QueueArn ?? '';
    await events.send(
      new PutTargetsCommand({
        Rule: 'stopped',
        Targets: [
          { Id: 'restart', Arn: created.FunctionArn },
          {
            Id: 'gone',
            Arn: `${created.FunctionArn}-gone`,
            DeadLetterConfig: { Arn: dlq },
            RetryPolicy: { MaximumRetryAttempts: 0 },
          },
        ],
      }),
    );
  }, 120_000);

  afterAll(async () => {
    for (const made of clients) made.destroy();
    await stage?.stop();
  });

  it('delivers the event of a played call to a function, which answers it', async () => {
    const played = await stage.play.stopTrail('main', { caller: { userName: 'eve', mfa: true } });
    expect(played.delivery?.matched).toEqual(['stopped']);
    expect(played.delivery?.targets.map(({ outcome }) => outcome)).toEqual([
      'delivered',
      'dead-lettered',
    ]);
    await eventually('a trail that logs again', () => logging('main'));
    const calls = stage.calls().filter(({ appId }) => appId === 'riposte-restart');
    expect(calls).toEqual([
      expect.objectContaining({
        service: 'cloudtrail',
        operation: 'StartLogging',
        parameters: { Name: 'main' },
        accountId: stage.accountId,
        region: stage.region,
        status: 200,
      }),
    ]);
  });

  it('puts what a target could not take into its dead-letter queue, with the reason', async () => {
    const queues = client(SQSClient);
    const { Messages } = await queues.send(
      new ReceiveMessageCommand({
        QueueUrl: `${stage.endpoint}/${stage.accountId}/rule-dlq`,
        MessageAttributeNames: ['All'],
      }),
    );
    expect(Messages?.[0]?.MessageAttributes?.ERROR_CODE?.StringValue).toBe('NO_RESOURCE');
    expect(JSON.parse(Messages?.[0]?.Body ?? '{}').detail.eventName).toBe('StopLogging');
  });

  it('runs functions on the Node of Lambda, and reads their logs', async () => {
    const lines = await eventually('what the function says', async () => {
      const found = await stage.logs('restart');
      return found.some(({ message }) => message.includes('got ')) ? found : undefined;
    });
    expect(lines.map(({ message }) => message).join('\n')).toContain('node v24.');
  });

  it('tells the events of what functions did, with their roles', async () => {
    const [event] = await stage.play.functionCalls(false);
    expect(event?.detail).toMatchObject({
      eventName: 'StartLogging',
      userIdentity: {
        type: 'AssumedRole',
        sessionContext: {
          sessionIssuer: { arn: `arn:aws:iam::${stage.accountId}:role/restart` },
        },
      },
    });
  });

  it('lets a chosen call fail once, and the function is tried again', async () => {
    stage.faults.add({ appId: 'riposte-restart', effect: 'throttle', count: 1 });
    stage.clearCalls();
    await stage.play.stopTrail('main');
    await eventually('a trail that logs after all', () => logging('main'));
    const statuses = stage
      .calls()
      .filter(({ appId }) => appId === 'riposte-restart')
      .map(({ status, fault }) => [status, fault]);
    expect(statuses).toEqual([
      [400, 'throttle'],
      [200, undefined],
    ]);
    stage.faults.clear();
  });

  it('kills a function between what it did and its answer, and it is tried again', async () => {
    stage.faults.add({ appId: 'riposte-restart', effect: 'kill', when: 'after', count: 1 });
    stage.clearCalls();
    await stage.play.stopTrail('main');
    const calls = await eventually('a second call', async () => {
      const made = stage.calls().filter(({ appId }) => appId === 'riposte-restart');
      return made.length === 2 ? made : undefined;
    });
    expect(calls.map(({ status, fault }) => [status, fault])).toEqual([
      [0, 'kill'],
      [200, undefined],
    ]);
    stage.faults.clear();
  });

  it('withholds what no trail logged', async () => {
    const quiet = { region: 'eu-west-1' };
    const trails = client(CloudTrailClient, quiet);
    await trails.send(new CreateTrailCommand({ Name: 'quiet', S3BucketName: 'logs' }));
    const unheard = await stage.play.updateTrail('quiet', { S3BucketName: 'other' }, quiet);
    expect(unheard.delivery?.withheld).toMatch(/no trail logs/);
    await trails.send(new StartLoggingCommand({ Name: 'quiet' }));
    const heard = await stage.play.updateTrail('quiet', { S3BucketName: 'logs' }, quiet);
    expect(heard.delivery?.withheld).toBeUndefined();
    await stage.play.putEventSelectors(
      'quiet',
      { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] },
      quiet,
    );
    const blinded = await stage.play.stopTrail('quiet', quiet);
    expect(blinded.delivery?.withheld).toMatch(/no trail logs/);
  });

  it('tells a failed call by its error code', async () => {
    const played = await stage.play.stopTrail('nowhere');
    expect(played.errorCode).toBe('TrailNotFoundException');
    expect(played.event.detail).toMatchObject({ errorCode: 'TrailNotFoundException' });
    expect(played.delivery?.matched).toEqual([]);
  });

  it('takes findings of GuardDuty into Security Hub, which tells of each once', async () => {
    const events = client(EventBridgeClient);
    await events.send(
      new PutRuleCommand({
        Name: 'findings',
        EventPattern: JSON.stringify({ source: ['aws.securityhub', 'aws.guardduty'] }),
      }),
    );
    const finding = { trails: ['main'] };
    const raw = await stage.play.loggingDisabledFinding('guardduty', finding);
    expect(raw.delivery.matched).toEqual(['findings']);
    const first = await stage.play.loggingDisabledFinding('asff', finding);
    expect(first.delivery.matched).toEqual(['findings']);
    const modern = await stage.play.loggingDisabledFinding('ocsf', finding);
    expect(modern.delivery.matched).toEqual(['findings']);
    expect(modern.event['detail-type']).toBe('Findings Imported V2');
    const createdAt = new Date(Date.now() - 60_000);
    const older = await stage.play.loggingDisabledFinding('asff', { ...finding, createdAt });
    expect(older.delivery.withheld).toMatch(/has this finding/);
    const hub = client(SecurityHubClient);
    const { Findings } = await hub.send(new GetFindingsCommand({}));
    expect(Findings?.map(({ Title }) => Title)).toEqual(['AWS CloudTrail trail was disabled.']);
    expect(stage.calls().at(-1)).toMatchObject({
      service: 'securityhub',
      operation: 'GetFindings',
    });
    const foreign = await stage.play.importFindings(Findings ?? []);
    expect(foreign).toMatchObject({ Code: 'AccessDeniedException' });
  });

  it('throttles CloudTrail as AWS does, for each account-Region', async () => {
    const [one, other] = [
      client(CloudTrailClient),
      client(CloudTrailClient, { accountId: '210987654321' }),
    ];
    await other.send(new CreateTrailCommand({ Name: 'theirs', S3BucketName: 'logs' }));
    stage.throttleLikeAws(true);
    stage.clearCalls();
    try {
      await one.send(new StartLoggingCommand({ Name: 'main' }));
      await one.send(new StartLoggingCommand({ Name: 'main' }));
      await other.send(new StartLoggingCommand({ Name: 'theirs' }));
    } finally {
      stage.throttleLikeAws(false);
    }
    const throttled = stage.calls().filter(({ errorCode }) => errorCode === 'ThrottlingException');
    expect(throttled.length).toBeGreaterThan(0);
    expect(throttled.every(({ accountId }) => accountId === stage.accountId)).toBe(true);
  });

  it('has insight selectors and delivery errors, which the emulator lacks', async () => {
    const trails = client(CloudTrailClient);
    const { Trail: before } = await trails.send(new GetTrailCommand({ Name: 'main' }));
    expect(before?.HasInsightSelectors).toBe(false);
    await expect(
      trails.send(new GetInsightSelectorsCommand({ TrailName: 'main' })),
    ).rejects.toMatchObject({ name: 'InsightNotEnabledException' });
    const InsightSelectors = [{ InsightType: 'ApiCallRateInsight' as const }];
    await trails.send(new PutInsightSelectorsCommand({ TrailName: 'main', InsightSelectors }));
    const after = await trails.send(new GetInsightSelectorsCommand({ TrailName: 'main' }));
    expect(after.InsightSelectors).toEqual(InsightSelectors);
    stage.setTrailDelivery(before?.TrailARN ?? '', { latestDeliveryError: 'NoSuchBucket' });
    const status = await trails.send(new GetTrailStatusCommand({ Name: 'main' }));
    expect(status.LatestDeliveryError).toBe('NoSuchBucket');
  });

  it('lets members read an organization trail, and nothing else', async () => {
    const owner = client(CloudTrailClient, { accountId: '111111111111' });
    const { TrailARN = '' } = await owner.send(
      new CreateTrailCommand({
        Name: 'organization',
        S3BucketName: 'logs',
        IsOrganizationTrail: true,
        IsMultiRegionTrail: true,
      }),
    );
    const member = client(CloudTrailClient, { accountId: '222222222222' });
    const { trailList } = await member.send(new DescribeTrailsCommand({}));
    expect(trailList?.map((trail) => trail.TrailARN)).toEqual([TrailARN]);
    await expect(member.send(new GetTrailStatusCommand({ Name: TrailARN }))).resolves.toMatchObject(
      { IsLogging: false },
    );
    await expect(member.send(new StartLoggingCommand({ Name: TrailARN }))).rejects.toMatchObject({
      name: 'NotOrganizationMasterAccountException',
    });
    await owner.send(new StartLoggingCommand({ Name: TrailARN }));
    await owner.send(new StopLoggingCommand({ Name: TrailARN }));
  });

  it('records a session of another account by its role', async () => {
    const RoleArn = 'arn:aws:iam::333333333333:role/riposte-member-local';
    const { Credentials } = await client(STSClient).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'inc' }),
    );
    const trails = new CloudTrailClient({
      endpoint: stage.endpoint,
      region: stage.region,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      },
    });
    clients.push(trails);
    await trails.send(new DescribeTrailsCommand({}));
    expect(stage.calls().at(-1)).toMatchObject({ accountId: '333333333333', roleArn: RoleArn });
  });

  it('hands over what subscribers of a topic got', async () => {
    const topics = client(SNSClient);
    const { TopicArn = '' } = await topics.send(new CreateTopicCommand({ Name: 'alerts' }));
    expect(await stage.messages(TopicArn)).toEqual([]);
    await topics.send(
      new PublishCommand({
        TopicArn,
        Subject: 'it runs again',
        Message: 'main',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'trail-stopped' } },
      }),
    );
    const messages = await eventually('a message', async () => {
      const got = await stage.messages(TopicArn);
      return got.length > 0 ? got : undefined;
    });
    expect(messages).toEqual([
      expect.objectContaining({
        subject: 'it runs again',
        message: 'main',
        attributes: { kind: 'trail-stopped' },
      }),
    ]);
  });

  it('delivers duplicates, late and in another order', async () => {
    const events = await Promise.all(
      ['one', 'two', 'three'].map(async (name) => {
        const { event } = await stage.play.stopTrail(name, { deliver: false });
        return { ...event, detail: { ...event.detail, errorCode: undefined } };
      }),
    );
    const reports = await stage.deliverMany(events, {
      duplicateRatio: 1,
      reorder: true,
      delayMs: 20,
      seed: 7,
    });
    expect(reports.map(({ eventId }) => eventId)).toEqual(events.map(({ id }) => id));
    expect(reports.map(({ targets }) => targets.length)).toEqual([4, 4, 4]);
  });
});

describe('a stage in the background', () => {
  it('is joined by its name, and ended with all that belongs to it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'riposte-background-'));
    const program = `
      import { holdStage } from '@riposte/local-stage';
      const { ended } = await holdStage({ name: 'dev', folder: ${JSON.stringify(folder)}, quiet: true });
      await ended;
      process.exit(0);
    `;
    try {
      const script = ['node', '--input-type=module', '-e', program] as const;
      const launch = { name: 'dev', folder, command: script, workingFolder: import.meta.dirname };
      const { owned } = await launchStage(launch);
      await expect(launchStage(launch)).rejects.toMatchObject({ name: 'StageNotFoundError' });
      const stage = await attachStage('dev', { folder });
      const played = await stage.play.stopTrail('nowhere');
      expect(played.errorCode).toBe('TrailNotFoundException');
      expect((await stage.calls()).map(({ operation }) => operation)).toContain('StopLogging');
      await stage.stop();
      expect(owned.map(({ pid }) => pid).some(isThere)).toBe(false);
      expect(await stageNames(folder)).toEqual([]);
      await expect(attachStage('dev', { folder })).rejects.toMatchObject({
        name: 'StageNotFoundError',
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 60_000);
});

describe('a stage whose process is killed', () => {
  it('leaves no process and no file behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'riposte-crash-'));
    try {
      const program = `
        import { startStage } from '@riposte/local-stage';
        const stage = await startStage({ quiet: true });
        console.log(JSON.stringify({ pids: stage.pids }));
      `;
      const child = spawn('node', ['--input-type=module', '-e', program], {
        cwd: import.meta.dirname,
        env: { ...process.env, TMPDIR: folder },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await once(createInterface({ input: child.stdout }), 'line');
      const { pids }: { pids: number[] } = JSON.parse(line);
      expect(pids.every(isThere)).toBe(true);
      child.kill('SIGKILL');
      await eventually('no process', async () => (pids.some(isThere) ? undefined : true));
      await eventually('an empty folder', async () => ((await isEmpty(folder)) ? true : undefined));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 60_000);
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function isEmpty(folder: string): Promise<boolean> {
  return (await readdir(folder)).filter((name) => name.startsWith('riposte-')).length === 0;
}
