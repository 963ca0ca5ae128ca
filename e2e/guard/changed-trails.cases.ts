import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Played, PlayOptions } from '@riposte/local-stage';
import type { TrailConfiguration, TrailId } from '@riposte/remediations/cloudtrail';
import { deployer, intruder } from './callers.ts';
import { eventually } from './eventually.ts';
import { account, type GuardWorld } from './guard-world.ts';
import { approve, riposte } from './riposte-command.ts';

const key = (id: string) => `arn:aws:kms:us-east-1:${account}:key/${id}`;
const logs = {
  CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${account}:log-group:trail:*`,
  CloudWatchLogsRoleArn: `arn:aws:iam::${account}:role/trail-to-logs`,
};
const objects = { Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::payroll/'] };
const everything = {
  EventSelectors: [
    { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [objects] },
  ],
};

type Act = (world: GuardWorld, trail: string, options: PlayOptions) => Promise<Played>;
const update =
  (change: object): Act =>
  ({ stage }, trail, options) =>
    stage.play.updateTrail(trail, { ...change }, options);
const select =
  (change: object): Act =>
  ({ stage }, trail, options) => {
    const [selector] = everything.EventSelectors;
    return stage.play.putEventSelectors(
      trail,
      { EventSelectors: [{ ...selector, ...change }] },
      options,
    );
  };

/** Changes that hide no API call from those who watch: settings, and the operation that restores them. */
const weakenings: readonly (readonly [string, Act, string])[] = [
  ['log file validation', update({ EnableLogFileValidation: false }), 'UpdateTrail'],
  ['bucket of the log files', update({ S3BucketName: 'elsewhere' }), 'UpdateTrail'],
  ['prefix of the log files', update({ S3KeyPrefix: 'lost' }), 'UpdateTrail'],
  ['key of the log files', update({ KmsKeyId: key('foreign') }), 'UpdateTrail'],
  [
    'CloudWatch Logs group',
    update({ CloudWatchLogsLogGroupArn: '', CloudWatchLogsRoleArn: '' }),
    'UpdateTrail',
  ],
  ['event selectors', select({ DataResources: [] }), 'PutEventSelectors'],
  [
    'event selectors',
    select({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }),
    'PutEventSelectors',
  ],
  [
    'Insights',
    ({ stage }, trail, options) => stage.play.putInsightSelectors(trail, [], options),
    'PutInsightSelectors',
  ],
];

/** Changes that are as good as a stop. */
const blindings: readonly (readonly [string, Act, string])[] = [
  ['recording of all Regions', update({ IsMultiRegionTrail: false }), 'UpdateTrail'],
  [
    'events of global services (IAM, STS)',
    update({ IncludeGlobalServiceEvents: false }),
    'UpdateTrail',
  ],
  ['event selectors', select({ ReadWriteType: 'ReadOnly' }), 'PutEventSelectors'],
  ['event selectors', select({ IncludeManagementEvents: false }), 'PutEventSelectors'],
];

/** Answers to changed and deleted trails. */
export function changedTrailCases(world: () => GuardWorld): void {
  /** A trail with everything on, whose settings are approved. */
  const approvedTrail = async (name: string): Promise<TrailId> => {
    const { trails, stage } = world();
    const trail = await trails.startNew(name, {
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      KmsKeyId: key('trails'),
    });
    const quietly = { deliver: false } as const;
    await stage.play.updateTrail(name, logs, quietly);
    await stage.play.putEventSelectors(name, everything, quietly);
    await stage.play.putInsightSelectors(name, ['ApiCallRateInsight'], quietly);
    await approve(stage, name);
    return trail;
  };
  const change = (act: Act, { name }: TrailId, caller = intruder) =>
    world().runs.after(() => act(world(), name, { caller, deliver: { always: true } }));
  const latest = async ({ arn }: TrailId) => (await world().recordsOn(arn)).at(-1);
  const enforce = async (modes: object) => {
    await world().settings.write({
      modes,
      exemptPrincipals: [`arn:aws:iam::${account}:role/Deployer`],
    });
    await world().settings.forget(['restore-trail', 'sweep']);
  };

  describe('a weakened trail', () => {
    it('without an approved baseline is told of, with the command that approves one', async () => {
      const trail = await world().trails.startNew('unapproved');
      await change(update({ EnableLogFileValidation: false }), trail);
      const record = await latest(trail);
      expect(record).toMatchObject({ kind: 'trail-weakened', status: 'told', plan: [] });
      expect((await world().told(record?.id ?? '')).message).toContain('riposte trail approve');
    });

    it('is left so by default, and the plan says what would be done', async () => {
      const trail = await approvedTrail('planned');
      const before = await world().trails.read(trail);
      await change(update({ EnableLogFileValidation: false, S3BucketName: 'elsewhere' }), trail);
      const record = await latest(trail);
      expect(record).toMatchObject({
        kind: 'trail-weakened',
        status: 'planned',
        mode: 'dry-run',
        calls: [],
        plan: [
          { operation: 'cloudtrail:UpdateTrail', what: 'log file validation', after: true },
          { what: 'bucket of the log files', before: 'elsewhere', after: before.s3BucketName },
        ],
      });
      expect((await world().trails.read(trail)).s3BucketName).toBe('elsewhere');
      const { subject, message } = await world().told(record?.id ?? '');
      expect(subject).toContain('NOT CHANGED: trail planned was weakened');
      expect(message).toContain('"elsewhere" -> "trail-logs"');
    });

    it('is reported by the sweep, which never learns what it finds', async () => {
      const trail = await approvedTrail('drifting');
      await world().stage.play.updateTrail(
        'drifting',
        { EnableLogFileValidation: false },
        { deliver: false },
      );
      for (let sweeps = 0; sweeps < 3; sweeps++) await world().runs.invoke('sweep', {});
      expect(await world().recordsOn(trail.arn)).toMatchObject([
        { kind: 'trail-weakened', status: 'planned', trigger: { path: 'sweep' } },
      ]);
      const history = await riposte(world().stage, 'trail', 'history', 'drifting', '--json');
      expect(JSON.parse(history.out)).toMatchObject({
        versions: [{ version: 1, configuration: { logFileValidationEnabled: true } }],
      });
      const diff = await riposte(world().stage, 'trail', 'diff', 'drifting');
      expect(diff).toMatchObject({
        status: 1,
        out: expect.stringContaining('log file validation'),
      });
    });

    describe('that hides API calls', () => {
      let trail: TrailId;
      let approved: TrailConfiguration;
      beforeAll(async () => {
        trail = await approvedTrail('blinded');
        approved = await world().trails.read(trail);
      });

      it.each(blindings)('by %s is restored by default', async (what, act, operation) => {
        await change(act, trail);
        expect(await world().trails.read(trail)).toEqual(approved);
        const record = await latest(trail);
        expect(record).toMatchObject({
          kind: 'trail-blinded',
          status: 'verified',
          plan: [{ operation: `cloudtrail:${operation}`, what }],
        });
        const { message } = await world().told(record?.id ?? '');
        expect(message).toContain('The trail RECORDS them AGAIN');
        expect(message).toContain('approved baseline is version 1');
      });

      it('and is weakened besides has only its sight restored; the rest is said', async () => {
        const mixed = update({ IsMultiRegionTrail: false, EnableLogFileValidation: false });
        const half = await approvedTrail('half-blinded');
        await change(mixed, half);
        expect(await world().trails.read(half)).toMatchObject({
          isMultiRegionTrail: true,
          logFileValidationEnabled: false,
        });
        expect((await latest(half))?.reason).toContain(
          'also weaker and left so: log file validation',
        );
      });
    });
  });

  describe('a weakened trail whose mode is enforce', () => {
    let trail: TrailId;
    let approved: TrailConfiguration;
    beforeAll(async () => {
      await enforce({ 'trail-weakened': 'enforce', 'trail-deleted': 'enforce' });
      trail = await approvedTrail('restored');
      approved = await world().trails.read(trail);
    });

    it.each(weakenings)(
      'is restored from its approved baseline: %s',
      async (what, act, operation) => {
        await change(act, trail);
        expect(await world().trails.read(trail)).toEqual(approved);
        const record = await latest(trail);
        expect(record).toMatchObject({
          kind: 'trail-weakened',
          status: 'verified',
          verification: { verified: true },
          undo: { possible: true },
        });
        expect(record?.plan.map((step) => step.operation)).toContain(`cloudtrail:${operation}`);
        expect(record?.plan.map((step) => step.what)).toContain(what);
        expect((await world().told(record?.id ?? '')).message).toContain('CHANGED\n');
      },
    );

    it("is not touched by the events of Riposte's own calls, which come back", async () => {
      const before = await world().recordsOn(trail.arn);
      const writes = () =>
        world()
          .stage.calls()
          .filter(({ appId }) => appId === 'riposte-restore-trail')
          .filter(({ operation }) => /^(UpdateTrail|Put(Event|Insight)Selectors)$/.test(operation));
      const written = writes().length;
      const echoes = await world().stage.play.functionCalls(false);
      const names = new Set(echoes.map(({ detail }) => Object(detail).eventName));
      expect([...names]).toEqual(
        expect.arrayContaining(['UpdateTrail', 'PutEventSelectors', 'PutInsightSelectors']),
      );
      for (const event of echoes) {
        await world().runs.after(async () => ({
          delivery: await world().stage.deliver(event, { always: true }),
        }));
      }
      expect(writes()).toHaveLength(written);
      expect(await world().recordsOn(trail.arn)).toEqual(before);
    });

    it('by two calls at the same moment is restored from both', async () => {
      const torn = await approvedTrail('torn');
      const whole = await world().trails.read(torn);
      const unheard = { caller: intruder, deliver: false } as const;
      const calls = [
        await update({ EnableLogFileValidation: false })(world(), 'torn', unheard),
        await select({ DataResources: [] })(world(), 'torn', unheard),
      ];
      await world().stage.deliverMany(
        calls.map(({ event }) => event),
        { always: true },
      );
      await eventually('no repair is under way', async () => {
        const held = await world().recordsOn(torn.arn);
        return held.length > 0 && held.every(({ status }) => status === 'verified')
          ? held
          : undefined;
      });
      await world().quiet();
      expect(await world().trails.read(torn)).toEqual(whole);
    });

    it('is a matter for a person when the same change comes back within the hour', async () => {
      await change(update({ S3BucketName: 'elsewhere' }), trail);
      expect((await world().trails.read(trail)).s3BucketName).toBe('elsewhere');
      const record = await latest(trail);
      expect(record).toMatchObject({ status: 'planned', calls: [] });
      const { message } = await world().told(record?.id ?? '');
      expect(message).toContain('Riposte does not fight over it, a person decides');
      await world().stage.play.updateTrail(
        'restored',
        { S3BucketName: approved.s3BucketName },
        { deliver: false },
      );
    });

    it('is left alone when AWS refused the change: people are told of the attempt', async () => {
      const remove = world().stage.faults.add({ appId: 'stage-play', effect: 'deny' });
      await change(update({ EnableLogFileValidation: false }), trail);
      remove();
      expect(await latest(trail)).toMatchObject({ kind: 'trail-attempt', status: 'told' });
    });

    it('is left as an exempt principal changed it', async () => {
      const theirs = await approvedTrail('rebuilt');
      await change(update({ EnableLogFileValidation: false }), theirs, deployer);
      expect((await world().trails.read(theirs)).logFileValidationEnabled).toBe(false);
      expect(await latest(theirs)).toMatchObject({ status: 'told', mode: 'notify', calls: [] });
    });

    it('is not restored when the kill switch cannot be read', async () => {
      await world().settings.forget(['restore-trail']);
      const remove = world().stage.faults.add({
        appId: 'riposte-restore-trail',
        operation: 'GetParameters',
        effect: 'deny',
      });
      const unread = await approvedTrail('unread');
      await change(update({ EnableLogFileValidation: false }), unread);
      remove();
      expect((await world().trails.read(unread)).logFileValidationEnabled).toBe(false);
      const record = await latest(unread);
      expect(record).toMatchObject({ status: 'told', calls: [] });
      expect((await world().told(record?.id ?? '')).message).toContain(
        'the settings could not be read (AccessDeniedException)',
      );
    });

    it('is answered although its selectors were narrowed by a role of Riposte itself', async () => {
      const betrayed = await approvedTrail('betrayed-selectors');
      await change(update({ EnableLogFileValidation: false }), betrayed);
      expect(await latest(betrayed)).toMatchObject({ status: 'verified' });
      const role = 'riposte-cloudtrail-guard-local-restore-trail-us-east-1-lambdaRole';
      await change(select({ ReadWriteType: 'ReadOnly' }), betrayed, {
        type: 'AssumedRole',
        role,
        sessionName: 'restore-trail',
      });
      expect(await latest(betrayed)).toMatchObject({ kind: 'trail-blinded', status: 'verified' });
      expect((await world().trails.read(betrayed)).eventSelectors[0]?.ReadWriteType).toBe('All');
    });
  });

  describe('a deleted trail', () => {
    afterAll(async () => {
      await world().settings.write({});
      await world().settings.forget();
    });

    const remove = (trail: TrailId) =>
      world().runs.after(() => world().stage.play.deleteTrail(trail.name, { caller: intruder }));

    it('is created again from its approved baseline and started, where that is enabled', async () => {
      const trail = await world().trails.startNew('recreated', { IsMultiRegionTrail: true });
      await world().stage.play.putEventSelectors('recreated', everything, { deliver: false });
      await approve(world().stage, 'recreated');
      const approved = await world().trails.read(trail);
      await remove(trail);
      expect(await world().trails.read(trail)).toEqual(approved);
      expect((await world().trails.status(trail)).isLogging).toBe(true);
      const record = await latest(trail);
      expect(record).toMatchObject({ kind: 'trail-deleted', status: 'verified' });
      const { subject, attributes } = await world().told(record?.id ?? '');
      expect(subject).toContain('REPAIRED: trail recreated was deleted');
      expect(attributes.severity).toBe('critical');
    });

    it('is told of with the plan by default, and without a baseline with the command that approves one', async () => {
      await enforce({});
      const planned = await world().trails.startNew('gone-planned');
      await approve(world().stage, 'gone-planned');
      await remove(planned);
      expect(await latest(planned)).toMatchObject({
        kind: 'trail-deleted',
        status: 'planned',
        plan: [
          { operation: 'cloudtrail:CreateTrail' },
          { operation: 'cloudtrail:PutEventSelectors' },
          { operation: 'cloudtrail:StartLogging' },
        ],
      });
      const unknown = await world().trails.startNew('gone-unknown');
      await remove(unknown);
      const record = await latest(unknown);
      expect(record).toMatchObject({ kind: 'trail-deleted', status: 'told', plan: [] });
      expect(record?.reason).toContain('riposte trail approve');
    });
  });
}
