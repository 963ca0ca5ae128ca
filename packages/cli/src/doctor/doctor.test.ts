import { describe, expect, it } from '@jest/globals';
import type { Settings } from '@riposte/responses';
import { allChecks } from './checks.ts';
import type { CheckedDeployment, DoctorPorts, StackInstance, Subscription } from './ports.ts';
import { checksText, runChecks } from './run-checks.ts';

const stage = 'prod';
const region = 'eu-west-1';
const accountId = '123456789012';
const topic = `arn:aws:sns:${region}:${accountId}:alerts`;
const trail = `arn:aws:cloudtrail:${region}:${accountId}:trail/main`;

const reading: Awaited<ReturnType<Settings['read']>> = {
  readable: true,
  settings: { modes: {}, exemptPrincipals: [], exemptResources: [] },
  switch: 'changes-allowed',
};

/** A deployment of which `changes` differ from one that lacks nothing. */
interface World extends Partial<Omit<DoctorPorts, 'stacks' | 'settings' | 'deployment'>> {
  readonly deployment?: Partial<CheckedDeployment>;
  readonly stacks?: Partial<DoctorPorts['stacks']>;
  readonly reading?: Awaited<ReturnType<Settings['read']>>;
}

const exportNames = [
  'AlertsTopicArn',
  'LastResortTopicArn',
  'AlertsKeyArn',
  'StateTableName',
  'StateTableArn',
  'StateTableStreamArn',
  'EvidenceBucketName',
  'EvidenceBucketArn',
  'EventBusName',
  'EventBusArn',
  'KeyArn',
];

function ports({
  deployment,
  stacks,
  reading: read = reading,
  ...changes
}: World = {}): DoctorPorts {
  const subscription: Subscription = {
    protocol: 'email',
    endpoint: 'soc@example.com',
    isConfirmed: true,
    isAuthenticated: true,
  };
  return {
    deployment: { stage, region, partition: 'aws', accountId, regions: [region], ...deployment },
    stacks: {
      status: async () => 'UPDATE_COMPLETE',
      exports: async () =>
        new Map(
          exportNames.map((name) => [
            `riposte-${stage}-${name}`,
            name === 'AlertsTopicArn' ? topic : name,
          ]),
        ),
      names: async () => [`riposte-cloudtrail-guard-${stage}`],
      resources: async () => [
        { type: 'AWS::Lambda::Function', physicalId: 'guard' },
        { type: 'AWS::SQS::Queue', physicalId: 'https://sqs/guard-dlq' },
        { type: 'AWS::SQS::Queue', physicalId: 'https://sqs/work' },
        { type: 'AWS::Logs::LogGroup', physicalId: '/aws/lambda/guard' },
      ],
      instances: async () => [],
      ...stacks,
    },
    settings: () => ({ read: async () => read }),
    subscriptions: async () => [subscription],
    functions: { quota: async () => 1000, reserved: async () => 5 },
    trails: { own: async () => [trail], approved: async () => [trail] },
    accounts: async () => undefined,
    securityHub: { isEnabled: async () => true, aggregation: async () => ({ region, linked: [] }) },
    isGuardDutyEnabled: async () => true,
    messagesIn: async () => 0,
    retentionOf: async () => 90,
    ...changes,
  };
}

async function resultsOf(check: string, world: World) {
  const results = await runChecks(allChecks, ports(world));
  return results.filter((result) => result.check === check);
}

function missingIn(results: Awaited<ReturnType<typeof resultsOf>>) {
  return results.filter(({ status }) => status === 'missing');
}

describe('riposte doctor', () => {
  it('finds nothing missing in a complete deployment', async () => {
    const results = await runChecks(allChecks, ports());
    expect(results.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(new Set(results.map(({ check }) => check)).size).toBe(allChecks.length);
  });

  it.each<[string, World, RegExp, RegExp]>([
    [
      'stacks',
      { stacks: { status: async () => undefined } },
      /is not deployed/,
      /sls deploy --stage prod/,
    ],
    [
      'stacks',
      { stacks: { status: async () => 'UPDATE_ROLLBACK_COMPLETE' } },
      /did not deploy/,
      /sls deploy/,
    ],
    [
      'stacks',
      { stacks: { status: async () => 'UPDATE_IN_PROGRESS' } },
      /is being changed/,
      /wait/,
    ],
    [
      'exports',
      { stacks: { exports: async () => new Map() } },
      /riposte-prod-KeyArn/,
      /foundation/,
    ],
    [
      'settings',
      { reading: { readable: false, reason: 'settings are wrong at modes' } },
      /wrong at modes/,
      /kill-switch/,
    ],
    [
      'settings',
      { reading: { ...reading, switch: 'changes-stopped' } },
      /kill switch is ON/,
      /--value off/,
    ],
    [
      'subscriptions',
      { stacks: { exports: async () => new Map() } },
      /no alerts topic/,
      /foundation/,
    ],
    ['subscriptions', { subscriptions: async () => [] }, /nobody receives/, /contactEmail/],
    ['concurrency', { stacks: { resources: async () => [] } }, /no functions/, /cloudtrail-guard/],
    [
      'concurrency',
      { functions: { quota: async () => 10, reserved: async () => undefined } },
      /only 10/,
      /L-B99A9384/,
    ],
    [
      'concurrency',
      { functions: { quota: async () => 1000, reserved: async () => 0 } },
      /guard is switched off/,
      /delete-function-concurrency/,
    ],
    [
      'baselines',
      { trails: { own: async () => [], approved: async () => [] } },
      /no trail/,
      /create-trail/,
    ],
    [
      'baselines',
      { trails: { own: async () => [trail], approved: async () => [] } },
      /no approved baseline/,
      /riposte trail approve/,
    ],
    [
      'security-hub',
      { securityHub: { isEnabled: async () => false, aggregation: async () => undefined } },
      /not enabled/,
      /enable-security-hub/,
    ],
    [
      'security-hub',
      { securityHub: { isEnabled: async () => true, aggregation: async () => undefined } },
      /not collected/,
      /create-finding-aggregator/,
    ],
    [
      'security-hub',
      {
        securityHub: {
          isEnabled: async () => true,
          aggregation: async () => ({ region: 'us-east-1', linked: [] }),
        },
      },
      /collected in us-east-1/,
      /move/,
    ],
    ['guardduty', { isGuardDutyEnabled: async () => false }, /not enabled/, /create-detector/],
    [
      'dead-letters',
      { messagesIn: async () => 1 },
      /guard-dlq holds 1 message that/,
      /receive-message/,
    ],
    ['dead-letters', { messagesIn: async () => 2 }, /holds 2 messages that/, /redrive/],
    ['dead-letters', { stacks: { names: async () => [] } }, /no dead-letter queue/, /deploy/],
    [
      'log-retention',
      { retentionOf: async () => undefined },
      /never expires/,
      /put-retention-policy/,
    ],
  ])('%s: says what is missing, and how to mend it (%#)', async (check, world, what, mend) => {
    const [first] = missingIn(await resultsOf(check, world));
    expect(first).toMatchObject({
      what: expect.stringMatching(what),
      mend: expect.stringMatching(mend),
    });
  });

  it('shows modes that were set, and that nothing is reserved', async () => {
    const settings = {
      modes: { 'trail-deleted': 'enforce' as const },
      exemptPrincipals: ['a'],
      exemptResources: [],
    };
    const [first] = await resultsOf('settings', { reading: { ...reading, settings } });
    expect(first?.what).toContain('trail-deleted=enforce; 1 principals');
    const functions = { quota: async () => 1000, reserved: async () => undefined };
    expect((await resultsOf('concurrency', { functions }))[0]?.what).toContain(
      'none of it is reserved',
    );
  });

  it('shows how a subscription is confirmed so that a mail link cannot undo it', async () => {
    const pending = {
      protocol: 'email',
      endpoint: 'a@example.com',
      isConfirmed: false,
      isAuthenticated: false,
    };
    const results = await resultsOf('subscriptions', { subscriptions: async () => [pending] });
    expect(missingIn(results)).toHaveLength(2);
    expect(results[0]?.mend).toContain(
      `--topic-arn ${topic} --token TOKEN --authenticate-on-unsubscribe true`,
    );
    const open = { ...pending, isConfirmed: true };
    expect(
      missingIn(await resultsOf('subscriptions', { subscriptions: async () => [open] }))[0]?.what,
    ).toContain('can unsubscribe');
    const queue = { ...open, protocol: 'sqs' };
    expect(
      missingIn(await resultsOf('subscriptions', { subscriptions: async () => [queue] })),
    ).toEqual([]);
  });

  it('calls what cannot be read unknown, and says which permission is missing', async () => {
    const denied = Object.assign(new Error('not allowed\nat all'), {
      name: 'AccessDeniedException',
    });
    const [result] = await resultsOf('guardduty', {
      isGuardDutyEnabled: () => Promise.reject(denied),
    });
    expect(result).toMatchObject({
      status: 'unknown',
      what: 'could not be read (AccessDeniedException: not allowed)',
      mend: expect.stringContaining('guardduty:ListDetectors'),
    });
  });

  it('calls it unknown too when the reason is odd', async () => {
    const [result] = await resultsOf('guardduty', {
      isGuardDutyEnabled: () => Promise.reject('odd'),
    });
    expect(result).toMatchObject({
      status: 'unknown',
      what: 'could not be read (odd)',
      mend: expect.stringContaining('try again'),
    });
  });

  it('prints each check with its mending, and a count', async () => {
    const results = await runChecks(allChecks, ports({ isGuardDutyEnabled: async () => false }));
    const text = checksText(results);
    expect(text).toMatch(/missing +guardduty +GuardDuty is not enabled.*\n +-> aws guardduty/);
    expect(text).toMatch(/1 missing, 0 unknown$/);
  });
});

describe('riposte doctor, across accounts and Regions', () => {
  const other = '222222222222';
  const current = (id: string, where: string): StackInstance => ({
    accountId: id,
    region: where,
    isCurrent: true,
  });

  it('wants a forwarder everywhere but at home', async () => {
    const world = { deployment: { accounts: [accountId, other], regions: [region, 'us-east-1'] } };
    const [result] = await resultsOf('forwarder', {
      ...world,
      stacks: {
        status: async (name, where) =>
          name.includes('forwarder') && where ? undefined : 'CREATE_COMPLETE',
      },
    });
    expect(result).toMatchObject({
      status: 'missing',
      what: `0 of 3 account-Regions have the forwarder; not in ${accountId}/us-east-1, ${other}/${region}, ${other}/us-east-1`,
      mend: expect.stringContaining('riposte-forwarder-prod'),
    });
  });

  it('counts instances of the stack set that are current, and single stacks in the own account', async () => {
    const instances = async () => [
      current(other, region),
      { ...current(other, 'us-east-1'), isCurrent: false },
    ];
    const [result] = await resultsOf('forwarder', {
      deployment: { accounts: [accountId, other], regions: [region, 'us-east-1'] },
      stacks: { instances },
    });
    expect(result?.what).toBe(
      `2 of 3 account-Regions have the forwarder; not in ${other}/us-east-1`,
    );
  });

  it('wants a member role in every other account of the organization', async () => {
    const accounts = async () => [accountId, other, '333333333333'];
    const [result] = await resultsOf('member-role', {
      accounts,
      stacks: { instances: async () => [current(other, region)] },
    });
    expect(result).toMatchObject({
      status: 'missing',
      what: '1 of 2 other accounts have the member role; not in 333333333333',
    });
  });

  it('is content when all are covered', async () => {
    const world = {
      accounts: async () => [accountId, other],
      stacks: { instances: async () => [current(other, region)] },
    };
    expect((await resultsOf('member-role', world))[0]?.status).toBe('ok');
    expect((await resultsOf('forwarder', world))[0]?.status).toBe('ok');
  });

  it('names five open ones and counts the rest; a stack set that is not there covers nothing', async () => {
    const accounts = async () => Array.from({ length: 8 }, (_, index) => `${index}`.repeat(12));
    const [result] = await resultsOf('member-role', {
      accounts,
      stacks: { instances: async () => undefined },
    });
    expect(result?.what).toMatch(/not in 0{12}, .* and 3 more$/);
    expect(
      (await resultsOf('forwarder', { accounts, stacks: { instances: async () => undefined } }))[0]
        ?.status,
    ).toBe('missing');
  });

  it.each([
    ['AccessDeniedException', /organizations:ListAccounts/],
    ['TimeoutError', /try again/],
  ])(
    'says that only one account is checked when the organization cannot be read: %s',
    async (name, mend) => {
      const error = Object.assign(new Error('no'), { name });
      const results = await resultsOf('member-role', { accounts: () => Promise.reject(error) });
      expect(results[0]).toMatchObject({ status: 'unknown', mend: expect.stringMatching(mend) });
      expect(results[1]?.status).toBe('ok');
    },
  );

  it('says an odd reason as it is', async () => {
    const [first] = await resultsOf('member-role', { accounts: () => Promise.reject('odd') });
    expect(first?.what).toContain('(odd)');
  });

  it.each([
    ['aws', 'us-east-1'],
    ['aws-cn', 'cn-north-1'],
    ['aws-iso', region],
  ])(
    'expects, unless told, events of linked Regions and of global services in %s',
    async (partition, global) => {
      const asked: string[] = [];
      const { regions: _regions, ...deployment } = ports().deployment;
      const world = ports({
        securityHub: {
          isEnabled: async () => true,
          aggregation: async () => ({ region, linked: ['eu-north-1'] }),
        },
        stacks: {
          status: async (_name, where) => {
            if (where) asked.push(where);
            return 'CREATE_COMPLETE';
          },
        },
      });
      await runChecks(allChecks, { ...world, deployment: { ...deployment, partition } });
      expect(asked).toEqual([...(global === region ? [] : [global]), 'eu-north-1']);
    },
  );

  it('expects the home Region and that of global services where findings are not aggregated', async () => {
    const { regions: _regions, ...deployment } = ports().deployment;
    const world = ports({
      securityHub: {
        isEnabled: async () => true,
        aggregation: () => Promise.reject(new Error('no')),
      },
    });
    const results = await runChecks(allChecks, { ...world, deployment });
    expect(results.find(({ check }) => check === 'forwarder')?.what).toBe(
      '1 of 1 account-Regions have the forwarder',
    );
  });
});
