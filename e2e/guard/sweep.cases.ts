import {
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from '@jest/globals';
import { intruder } from './callers.ts';
import { eventually } from './eventually.ts';
import { account, type GuardWorld } from './guard-world.ts';
import { lookSettings } from './look-settings.ts';
import { deployMemberRole } from './member-place.ts';
import { approve } from './riposte-command.ts';
import { endLease } from './state-table.ts';

const functionName = 'riposte-cloudtrail-guard-local-sweep';

/** The account that the stage's sweep looks at besides its own. */
export const sweptAccount = '333333333333';

/** What the sweep finds that nobody told of. */
export function sweepCases(world: () => GuardWorld): void {
  const sweep = () => world().runs.invoke('sweep', {});
  const quietly = { caller: intruder, deliver: false } as const;

  describe('the sweep', () => {
    it('is started by a schedule, every five minutes', async () => {
      const client = new EventBridgeClient(lookSettings(world().stage));
      const TargetArn = `arn:aws:lambda:us-east-1:${account}:function:${functionName}`;
      const { RuleNames = [] } = await client.send(new ListRuleNamesByTargetCommand({ TargetArn }));
      const { Rules = [] } = await client.send(new ListRulesCommand({}));
      client.destroy();
      const schedules = Rules.filter(({ Name = '' }) => RuleNames.includes(Name));
      expect(schedules.map(({ ScheduleExpression }) => ScheduleExpression)).toEqual([
        'cron(0/5 * * * ? *)',
      ]);
    });

    it('starts a stopped trail that nobody told of, and says that it does not know who it was', async () => {
      const trail = await world().trails.startNew('unheard');
      await world().stage.play.stopTrail('unheard', quietly);
      await sweep();
      expect((await world().trails.status(trail)).isLogging).toBe(true);
      const [record] = await world().recordsOn(trail.arn);
      expect(record).toMatchObject({ status: 'verified', trigger: { path: 'sweep' } });
      const { message } = await world().told(record?.id ?? '');
      expect(message).toContain('Not known: nobody told Riposte');
    });

    it('tells of a stop that somebody else has undone before it came', async () => {
      const trail = await world().trails.startNew('self-healed');
      await world().stage.play.stopTrail('self-healed', quietly);
      await world().trails.start(trail);
      await sweep();
      const [record] = await world().recordsOn(trail.arn);
      expect(record).toMatchObject({ status: 'told', calls: [] });
      expect(record?.reason).toMatch(/the trail was started again at .*, and not by Riposte/);
    });

    it('looks at trails of every Region and of the other accounts', async () => {
      await deployMemberRole(world().stage, { accountId: sweptAccount, region: 'us-east-1' });
      const trails = [
        await world().trails.startNew('in-tokyo', {
          region: 'ap-northeast-1',
          IsMultiRegionTrail: true,
        }),
        await world().trails.startNew('of-another', { accountId: sweptAccount }),
      ];
      await world().stage.play.stopTrail('in-tokyo', { ...quietly, region: 'ap-northeast-1' });
      await world().stage.play.stopTrail('of-another', { ...quietly, accountId: sweptAccount });
      await sweep();
      for (const trail of trails) {
        expect((await world().trails.status(trail)).isLogging).toBe(true);
        expect(await world().recordsOn(trail.arn)).toMatchObject([{ status: 'verified' }]);
      }
      const started = world()
        .stage.calls()
        .filter(
          ({ operation, accountId }) => operation === 'StartLogging' && accountId === sweptAccount,
        )
        .filter(({ appId }) => appId === 'riposte-sweep');
      expect(started).toMatchObject([
        { roleArn: `arn:aws:iam::${sweptAccount}:role/riposte-member-local` },
      ]);
    });

    it('finds an approved trail that has vanished', async () => {
      const trail = await world().trails.startNew('vanished');
      await approve(world().stage, 'vanished');
      await world().stage.play.deleteTrail('vanished', quietly);
      await sweep();
      await sweep();
      expect(await world().recordsOn(trail.arn)).toMatchObject([
        { kind: 'trail-deleted', status: 'planned', trigger: { path: 'sweep' } },
      ]);
    });

    it('finds an approved trail that was blinded, and restores it', async () => {
      const trail = await world().trails.startNew('blinded-unheard');
      await approve(world().stage, 'blinded-unheard');
      await world().stage.play.putEventSelectors(
        'blinded-unheard',
        { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] },
        quietly,
      );
      await sweep();
      expect(await world().recordsOn(trail.arn)).toMatchObject([
        { kind: 'trail-blinded', status: 'verified', trigger: { path: 'sweep' } },
      ]);
      expect((await world().trails.read(trail)).eventSelectors[0]?.ReadWriteType).toBe('All');
    });

    it('leaves alone what never recorded and nobody approved', async () => {
      const { stage, trails } = world();
      await stage.play.apiCall({
        ...quietly,
        service: 'cloudtrail',
        operation: 'CreateTrail',
        input: { Name: 'unborn', S3BucketName: 'trail-logs' },
      });
      await sweep();
      const [trail] = (await trails.homedIn(stage)).filter(({ name }) => name === 'unborn');
      expect(await world().recordsOn(trail?.arn ?? '')).toEqual([]);
    });

    it('does the rest when a part of it fails, and says which', async () => {
      const trail = await world().trails.startNew('despite-all');
      await world().stage.play.stopTrail('despite-all', quietly);
      const remove = world().stage.faults.add({
        appId: 'riposte-sweep',
        operation: 'DescribeTrails',
        region: 'ap-northeast-1',
        effect: 'deny',
      });
      const report = await sweep();
      remove();
      expect(report).toMatchObject({
        problems: [expect.stringContaining(`trails of ${account} in ap-northeast-1`)],
      });
      expect((await world().trails.status(trail)).isLogging).toBe(true);
    });

    it('carries on where a function died over its claim, once the lease is over', async () => {
      const trail = await world().trails.startNew('orphaned');
      const remove = world().stage.faults.add({
        appId: 'riposte-restart-trail',
        operation: 'PutItem',
        effect: 'kill',
        when: 'after',
      });
      await world().stage.play.stopTrail('orphaned', { caller: intruder });
      const claimed = await eventually(
        'a claim',
        async () => (await world().recordsOn(trail.arn))[0],
      );
      await world().quiet();
      remove();
      await sweep();
      expect(await world().recordsOn(trail.arn)).toMatchObject([{ status: 'claimed' }]);
      await endLease(world().stage, world().names.StateTableName, claimed.id);
      await sweep();
      expect((await world().trails.status(trail)).isLogging).toBe(true);
      const held = await world().recordsOn(trail.arn);
      expect(held).toMatchObject([{ id: claimed.id, status: 'verified', revision: 1 }]);
      expect(await world().told(claimed.id)).toMatchObject({
        message: expect.stringContaining('Session: mallory'),
      });
    });

    it('starts what the kill switch kept back, once it is off again', async () => {
      await world().settings.killSwitch('on');
      await world().settings.forget(['restart-trail', 'sweep']);
      const trail = await world().trails.startNew('kept-back');
      await world().runs.after(() =>
        world().stage.play.stopTrail('kept-back', { caller: intruder }),
      );
      await sweep();
      expect((await world().trails.status(trail)).isLogging).toBe(false);
      await world().settings.killSwitch('off');
      await world().settings.forget(['restart-trail', 'sweep']);
      await sweep();
      expect((await world().trails.status(trail)).isLogging).toBe(true);
      const [record] = await world().recordsOn(trail.arn);
      expect(record).toMatchObject({ status: 'verified', mode: 'enforce' });
    });

    it('counts stops that no instance of a function saw all of', async () => {
      const trail = await world().trails.startNew('worn-down');
      for (let stops = 1; stops <= 3; stops++) {
        await world().stage.play.stopTrail('worn-down', quietly);
        await sweep();
      }
      const held = await world().recordsOn(trail.arn);
      expect(held.filter(({ kind }) => kind === 'trail-stopped')).toHaveLength(3);
      expect(held.filter(({ kind }) => kind === 'trail-stopped-repeatedly')).toHaveLength(1);
    });

    it('writes a canary whose event comes back, and nobody is told of that', async () => {
      await world().stage.play.functionCalls(false);
      await sweep();
      const returned = async () =>
        (await world().stage.logs('riposte-cloudtrail-guard-local-watch-self')).filter(
          ({ message }) => message.includes('"CanaryReturned":1'),
        ).length;
      const before = await returned();
      const echoes = await world().stage.play.functionCalls(false);
      const canary = echoes.find(({ detail }) => Object(detail).eventName === 'PutParameter');
      const { eventID } = Object(canary?.detail);
      await world().runs.after(async () => ({ delivery: await world().stage.deliver(canary) }));
      expect(await returned()).toBe(before + 1);
      const records = await world().records.list({ limit: 1000 });
      expect(records.filter(({ trigger }) => trigger.eventId === eventID)).toEqual([]);
    });

    it('says over the last resort, once, that nobody is subscribed to the alerts topic', async () => {
      const { AlertsTopicArn, LastResortTopicArn } = world().names;
      await world().stage.unsubscribe(AlertsTopicArn);
      await sweep();
      await sweep();
      const heard = (await world().stage.messages(LastResortTopicArn)).filter(
        ({ attributes }) => attributes.kind === 'no-subscriber',
      );
      expect(heard).toHaveLength(1);
      expect(heard[0]?.subject).toContain('ESCALATED: nobody is subscribed to the alerts topic');
      const held = await world().recordsOn(AlertsTopicArn);
      expect(held.filter(({ kind }) => kind === 'no-subscriber')).toMatchObject([
        { status: 'told', trigger: { path: 'sweep' } },
      ]);
    });
  });
}
