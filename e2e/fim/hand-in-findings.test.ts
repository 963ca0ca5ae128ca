import {
  type AwsSecurityFinding,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type SecurityHub, type SecurityHubOptions, startSecurityHub } from '@riposte/local-stage';
import { mockClient } from 'aws-sdk-client-mock';
import { importEnvironment } from '../../services/fim-detector/src/import/config.ts';
import { findingImports } from '../../services/fim-detector/src/import/finding-imports.ts';
import {
  findingAbout,
  member,
  own,
  region,
} from '../../services/fim-detector/src/import/testing/sample-findings.ts';

const sts = mockClient(STSClient);
const sqs = mockClient(SQSClient);

/** Against the stand-in of Security Hub, which checks what is handed in as AWS does, over HTTP. */
describe('findingImports', () => {
  let hub: SecurityHub;
  const clients: SecurityHubClient[] = [];
  const before = { ...process.env };

  async function start(options: Partial<SecurityHubOptions> = {}) {
    hub = await startSecurityHub({ publish: async () => undefined, ...options });
    Object.assign(process.env, {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: own,
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_SECURITYHUB: hub.endpoint,
    });
  }

  function imports(changes: object = {}) {
    const config = importEnvironment.parse({
      RIPOSTE_FUNCTION: 'compare',
      ALERTS_TOPIC_ARN: `arn:aws:sns:${region}:${own}:alerts`,
      DLQ_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/dlq',
      FINDINGS_ROLE_NAME: 'riposte-member-findings-dev',
      MAXIMUM_CONCURRENCY: '1',
      ...changes,
    });
    return findingImports(config)(() => 60_000);
  }

  async function heldBy(account: string): Promise<readonly AwsSecurityFinding[]> {
    const client = new SecurityHubClient({
      endpoint: hub.endpoint,
      region,
      credentials: { accessKeyId: account, secretAccessKey: 'local' },
    });
    clients.push(client);
    const { Findings = [] } = await client.send(new GetFindingsCommand({ MaxResults: 100 }));
    return Findings;
  }

  beforeEach(() => {
    sts.reset();
    sqs.reset();
    sts.on(AssumeRoleCommand).callsFake(({ RoleArn = '' }) => ({
      Credentials: {
        AccessKeyId: /\d{12}/.exec(RoleArn)?.[0],
        SecretAccessKey: 'secret',
        SessionToken: 'token',
        Expiration: new Date(Date.now() + 3_600_000),
      },
    }));
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await hub.stop();
    process.env = { ...before };
  });

  it('hands findings into their own accounts, and the same ones again without another event', async () => {
    let events = 0;
    await start({
      publish: async () => {
        events += 1;
      },
    });
    const findings = [findingAbout('/etc/a'), findingAbout('/etc/b', { accountId: member })];
    const { import: handIn } = imports();
    await handIn(findings);
    await handIn(findings);
    await hub.settled();
    expect((await heldBy(own)).map(({ Title }) => Title)).toEqual(['/etc/a was modified']);
    expect((await heldBy(member)).map(({ Title }) => Title)).toEqual(['/etc/b was modified']);
    expect(events).toBe(2);
  });

  it('hands in, reduces or puts aside what FailedFindings names, one by one (F2)', async () => {
    await start();
    const good = findingAbout('/etc/good');
    const tooLong = findingAbout('/etc/long');
    const never = { ...findingAbout('/etc/never'), CreatedAt: 'yesterday' };
    await imports().import([
      good,
      {
        ...tooLong,
        ProductFields: { ...tooLong.ProductFields, 'riposte/fim/note': 'x'.repeat(3_000) },
      },
      never,
    ]);
    const held = await heldBy(own);
    expect(held.map(({ Title }) => Title).sort()).toEqual([
      '/etc/good was modified',
      '/etc/long was modified',
    ]);
    const reduced = held.find(({ Title }) => Title?.startsWith('/etc/long'));
    expect(reduced?.ProductFields?.['riposte/fim/reduced']).toMatch(/^InvalidInput: /);
    const [letter] = sqs.commandCalls(SendMessageCommand);
    expect(JSON.parse(letter?.args[0].input.MessageBody ?? '')).toEqual({
      riposte: 'import',
      findings: [never],
    });
    expect(sqs.calls()).toHaveLength(1);
  });

  it('loses no finding of an account without Security Hub, and hands it in when it comes back', async () => {
    await start({ enabled: false });
    const finding = findingAbout('/etc/a');
    await imports().import([finding]);
    const [letter] = sqs.commandCalls(SendMessageCommand);
    const { findings } = JSON.parse(letter?.args[0].input.MessageBody ?? '');
    expect(letter?.args[0].input.MessageAttributes?.code?.StringValue).toBe('InvalidAccess');
    await hub.stop();
    await start();
    await imports().importAgain(findings);
    expect(await heldBy(own)).toHaveLength(1);
  });

  it('waits while it is throttled', async () => {
    await start({ callsPerSecond: 2 });
    const { import: handIn } = imports();
    for (let call = 0; call < 9; call += 1) await handIn([findingAbout(`/etc/${call}`)]);
    expect(sqs.calls()).toHaveLength(0);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await heldBy(own)).toHaveLength(9);
  });

  it('hands all into the security account where that is wished, the node as resource', async () => {
    await start();
    const finding = findingAbout('/etc/a', { accountId: member });
    const { import: handIn, resolve } = imports({ FINDING_ACCOUNT: 'security' });
    await handIn([finding]);
    await resolve([{ id: finding.Id, account: member, region }], 'approved by Ana');
    expect(await heldBy(own)).toMatchObject([
      {
        AwsAccountId: own,
        Resources: [{ Id: finding.Resources[0]?.Id }],
        ProductFields: { 'riposte/fim/account': member },
        Workflow: { Status: 'RESOLVED' },
        Note: { Text: 'Riposte: approved by Ana' },
      },
    ]);
    expect(sts.calls()).toHaveLength(0);
  });

  it('opens again what somebody has resolved', async () => {
    await start();
    const finding = findingAbout('/etc/a');
    const { import: handIn, resolve, reopen } = imports();
    await handIn([finding]);
    const name = { id: finding.Id, account: own, region };
    await resolve([name], 'approved');
    await reopen([name], 'changed again');
    expect(await heldBy(own)).toMatchObject([{ Workflow: { Status: 'NEW' } }]);
  });
});
