import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountRegion } from '@riposte/local-stage';
import { intruder } from './callers.ts';
import { deadLetterOf } from './dead-letters.ts';
import type { GuardWorld } from './guard-world.ts';
import { deployForwarder, deployMemberRole } from './member-place.ts';

const member: AccountRegion = { accountId: '222222222222', region: 'eu-west-1' };
/** The organization's management account, where nobody has deployed the member role. */
const management: AccountRegion = { accountId: '111111111111', region: 'us-east-1' };

/** Trails of other accounts, and of the whole organization. */
export function otherAccountCases(world: () => GuardWorld): void {
  const stop = (trail: string, place: AccountRegion) =>
    world().runs.after(() => world().stage.play.stopTrail(trail, { ...place, caller: intruder }));

  describe('a trail of another account', () => {
    beforeAll(async () => {
      await deployForwarder(world().stage, member);
      await deployMemberRole(world().stage, member);
      await deployForwarder(world().stage, management);
    });

    it('is started there, through the member role, on behalf of the record', async () => {
      const trail = await world().trails.startNew('theirs', member);
      const played = await stop('theirs', member);
      expect(played.delivery?.matched).toContain('riposte-forwarder-local');
      expect((await world().trails.status(trail)).isLogging).toBe(true);
      const [record] = await world().recordsOn(trail.arn);
      expect(record).toMatchObject({ status: 'verified', resource: member });
      const calls = world().stage.calls();
      expect(
        calls.filter(
          ({ operation, accountId }) =>
            operation === 'StartLogging' && accountId === member.accountId,
        ),
      ).toContainEqual(
        expect.objectContaining({
          ...member,
          appId: 'riposte-restart-trail',
          roleArn: `arn:aws:iam::${member.accountId}:role/riposte-member-local`,
          status: 200,
        }),
      );
      const sources = calls
        .filter(({ operation }) => operation === 'AssumeRole')
        .map(({ parameters }) => parameters.SourceIdentity);
      expect(sources).toContain(record?.id);
      expect((await world().told(record?.id ?? '')).attributes).toMatchObject({
        account: member.accountId,
        region: member.region,
      });
    });

    it('that cannot be entered is told of, and its event goes to the dead letters with the reason', async () => {
      const trail = await world().trails.startNew('locked', member);
      const remove = world().stage.faults.add({
        ...{ appId: 'riposte-restart-trail', operation: 'AssumeRole', effect: 'deny' },
      });
      await world().settings.forget(['restart-trail']);
      const { event } = await stop('locked', member);
      remove();
      const [record] = await world().recordsOn(trail.arn);
      expect(record).toMatchObject({ kind: 'trail-unreadable', status: 'failed' });
      const { message } = await world().told(record?.id ?? '');
      expect(message).toContain('grant the function or the member role this permission');
      expect(await deadLetterOf(world().stage, 'restart-trail', event.id)).toMatchObject({
        error: { name: 'AccessRefusedError', path: trail.arn },
      });
    });
  });

  describe("an organization's trail", () => {
    it('that a member could not stop is told of as an attempt', async () => {
      const trail = await world().trails.startNew('organization', {
        ...management,
        IsOrganizationTrail: true,
        IsMultiRegionTrail: true,
      });
      const { event } = await world().stage.play.stopTrail(trail.arn, {
        caller: intruder,
        deliver: false,
      });
      expect(event.detail).toMatchObject({ errorCode: 'NotOrganizationMasterAccountException' });
      await world().runs.after(async () => ({ delivery: await world().stage.deliver(event) }));
      expect(await world().recordsOn(trail.arn)).toMatchObject([
        { kind: 'trail-attempt', status: 'told', calls: [] },
      ]);
    });

    it('that may be read and not started is told of, and goes to the dead letters', async () => {
      const [trail] = (await world().trails.homedIn(management)).filter(
        ({ name }) => name === 'organization',
      );
      if (!trail) throw new RangeError('there is no organization trail');
      const remove = world().stage.faults.add({
        ...{ appId: 'riposte-restart-trail', operation: 'StartLogging', effect: 'deny' },
        ...{ accountId: management.accountId },
      });
      const { event } = await stop('organization', management);
      remove();
      const held = await world().recordsOn(trail.arn);
      const record = held.find(({ kind }) => kind === 'trail-stopped');
      expect(record).toMatchObject({
        status: 'failed',
        calls: [{ operation: 'cloudtrail:StartLogging', error: 'AccessRefusedError' }],
      });
      const { subject, message } = await world().told(record?.id ?? '');
      expect(subject).toContain('FAILED: trail organization was stopped');
      expect(message).toContain('Riposte could NOT repair it');
      expect(message).toContain('aws cloudtrail start-logging');
      expect(await deadLetterOf(world().stage, 'restart-trail', event.id)).toMatchObject({
        error: { name: 'AccessRefusedError' },
        source: { eventId: event.id },
      });
      expect((await world().trails.status(trail)).isLogging).toBe(false);
    });

    it('named by a member as it sees it is started in the account that owns it', async () => {
      const owned = await world().trails.startNew('of-all', {
        ...management,
        IsOrganizationTrail: true,
        IsMultiRegionTrail: true,
      });
      await world().stage.play.stopTrail('of-all', { ...management, deliver: false });
      await world().stage.play.loggingDisabledFinding('guardduty', { trails: ['of-all'] });
      await world().trails.recording(owned);
      const started = world()
        .stage.calls()
        .filter(
          ({ operation, parameters }) =>
            operation === 'StartLogging' && parameters.Name === owned.arn,
        );
      expect(started.at(-1)).toMatchObject({
        appId: 'riposte-answer-finding',
        accountId: management.accountId,
      });
    });
  });
}
