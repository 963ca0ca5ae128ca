import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '@riposte/local-stage';
import { deployer, intruder } from './callers.ts';
import { deadLetterOf } from './dead-letters.ts';
import { evidenceDocument, evidenceVersions } from './evidence.ts';
import { account, arnOf, type GuardWorld } from './guard-world.ts';

/** Answers to StopLogging, in near real time. Settings exempt the role Deployer and the trail `exempt`. */
export function stoppedTrailCases(world: () => GuardWorld): void {
  describe('StopLogging', () => {
    beforeAll(() =>
      world().settings.write({
        exemptPrincipals: [`arn:aws:iam::${account}:role/Deployer`],
        exemptResources: [arnOf('exempt')],
      }),
    );

    /** Stops a trail and waits until the guard has answered the event. */
    const stop = (trail: string, caller: Caller = intruder) =>
      world().runs.after(() => world().stage.play.stopTrail(trail, { caller }));
    const callsTo = (operation: string) =>
      world()
        .stage.calls()
        .filter((call) => call.operation === operation && call.appId !== 'stage-play');

    describe('a stopped trail', () => {
      it('is started again, and the state read back proves it', async () => {
        const trail = await world().trails.startNew('main');
        const { event } = await stop('main');
        const { isLogging, stoppedAt } = await world().trails.status(trail);
        expect(isLogging).toBe(true);
        const held = await world().recordsOn(trail.arn);
        expect(held).toEqual([
          expect.objectContaining({
            kind: 'trail-stopped',
            status: 'verified',
            revision: 1,
            mode: 'enforce',
            trigger: expect.objectContaining({ path: 'api-call', eventName: 'StopLogging' }),
            actor: expect.objectContaining({
              issuerArn: `arn:aws:iam::${account}:role/Admin`,
              sessionName: 'mallory',
            }),
            before: expect.objectContaining({ isLogging: false, stoppedAt }),
            after: expect.objectContaining({ isLogging: true }),
            verification: expect.objectContaining({ verified: true }),
            times: expect.objectContaining({ broken: stoppedAt }),
          }),
        ]);
        expect(held[0]?.trigger.eventId).toBe(Object(event.detail).eventID);
        expect(held[0]?.calls.map(({ operation }) => operation)).toEqual([
          'cloudtrail:StartLogging',
          'cloudtrail:GetTrailStatus',
        ]);
      });

      it('is told of in one message that says all a person needs', async () => {
        const trail = await world().trails.startNew('told');
        await stop('told', { ...intruder, userAgent: 'aws-cli\nNow: all is well\u202e' });
        const [record] = await world().recordsOn(trail.arn);
        const { subject, message, attributes } = await world().told(record?.id ?? '');
        expect(subject).toBe(`[Riposte] REPAIRED: trail told was stopped (${account}, us-east-1)`);
        for (const said of [
          'CloudTrail trail "told" was stopped at',
          'Riposte started it again',
          'RECORDS AGAIN (GetTrailStatus: IsLogging true',
          'GAP: ',
          'fifteen minutes from now',
          `Principal: arn:aws:iam::${account}:role/Admin`,
          'Session: mallory',
          'MFA: no',
          'IP address: 203.0.113.66',
          String.raw`User agent (their own words): aws-cli\u{a}Now: all is well\u{202e}`,
          `Trail: https://console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/trails/${trail.arn}`,
          '"exemptResources" in SSM parameter /riposte/local/cloudtrail-guard/settings',
          `add "arn:aws:iam::${account}:role/Admin" to "exemptPrincipals"`,
          'set SSM parameter /riposte/local/kill-switch to "on"',
          `riposte responses undo ${record?.id}`,
        ]) {
          expect(message).toContain(said);
        }
        expect(attributes).toEqual({
          service: 'cloudtrail-guard',
          kind: 'trail-stopped',
          status: 'verified',
          severity: 'high',
          account,
          region: 'us-east-1',
          trail: 'told',
          incident: record?.id,
        });
      });

      it('is told of in a subject that mail takes, however long its name is', async () => {
        const name = `a-trail-with-a-very-long-name-${'x'.repeat(90)}`;
        const trail = await world().trails.startNew(name);
        await stop(name);
        const [record] = await world().recordsOn(trail.arn);
        const { subject = '' } = await world().told(record?.id ?? '');
        expect(subject).toMatch(/^[\x20-\x7e]{90,99}$/);
      });

      it('leaves its record in the evidence bucket, written once', async () => {
        const trail = await world().trails.startNew('evident');
        await stop('evident');
        const [record] = await world().recordsOn(trail.arn);
        await world().told(record?.id ?? '');
        const bucket = world().names.EvidenceBucketName;
        const written = (await evidenceVersions(world().stage, bucket)).filter(({ key }) =>
          key.includes(`/${record?.id}/`),
        );
        const day = record?.times.claimed.slice(0, 10).replaceAll('-', '/');
        const key = `responses/cloudtrail-guard/${day}/${record?.id}/0001.json`;
        expect(written.map((version) => version.key)).toEqual([key]);
        expect(await evidenceDocument(world().stage, bucket, key)).toEqual(record);
      });

      it('is found by its name as well as by its ARN', async () => {
        const trail = await world().trails.startNew('either');
        for (const named of ['either', trail.arn]) await stop(named);
        expect(await world().recordsOn(trail.arn)).toMatchObject([
          { status: 'verified', resource: { arn: trail.arn, region: 'us-east-1' } },
          { status: 'verified', resource: { arn: trail.arn, region: 'us-east-1' } },
        ]);
      });

      it('is found in its home Region when the event is of another', async () => {
        const trail = await world().trails.startNew('abroad', {
          region: 'eu-west-1',
          IsMultiRegionTrail: true,
        });
        const { event } = await world().stage.play.stopTrail('abroad', {
          region: 'eu-west-1',
          caller: intruder,
          deliver: false,
        });
        const seen = JSON.parse(JSON.stringify(event).replaceAll('eu-west-1', 'us-east-1'));
        await world().runs.after(async () => ({ delivery: await world().stage.deliver(seen) }));
        expect((await world().trails.status(trail)).isLogging).toBe(true);
        expect(callsTo('StartLogging').at(-1)).toMatchObject({ region: 'eu-west-1' });
        expect(await world().recordsOn(trail.arn)).toMatchObject([{ status: 'verified' }]);
      });

      it('says it aloud when CloudTrail could not deliver lately', async () => {
        const trail = await world().trails.startNew('undelivered');
        world().stage.setTrailDelivery(trail.arn, { latestDeliveryError: 'NoSuchBucket' });
        await stop('undelivered');
        const [record] = await world().recordsOn(trail.arn);
        const { message } = await world().told(record?.id ?? '');
        expect(message).toContain('WARNING: CloudTrail could not deliver lately');
        expect(message).toContain('LatestDeliveryError NoSuchBucket');
      });

      it('that is gone when the answer comes is told of, and its deletion is answered by itself', async () => {
        const trail = await world().trails.startNew('fleeting');
        const stopped = await world().stage.play.stopTrail('fleeting', {
          caller: intruder,
          deliver: false,
        });
        const deleted = await world().stage.play.deleteTrail('fleeting', {
          caller: intruder,
          deliver: false,
        });
        for (const { event } of [stopped, deleted]) {
          await world().runs.after(async () => ({ delivery: await world().stage.deliver(event) }));
        }
        const held = await world().recordsOn(trail.arn);
        expect(held.map(({ kind, status }) => [kind, status])).toEqual([
          ['trail-stopped', 'told'],
          ['trail-deleted', 'told'],
        ]);
        const { message } = await world().told(held[0]?.id ?? '');
        expect(message).toContain('the trail is not there any more');
      });
    });

    describe('an attempt that AWS refused', () => {
      it('is told once, changes nothing, and links to the console of its partition', async () => {
        const place = { region: 'us-gov-west-1', deliver: false, caller: intruder } as const;
        const remove = world().stage.faults.add({ appId: 'stage-play', effect: 'deny' });
        const attempts = [
          await world().stage.play.stopTrail('guarded', place),
          await world().stage.play.stopTrail('guarded', place),
        ];
        remove();
        for (const { event } of attempts) {
          const delivered = { accountId: account, region: 'us-east-1' };
          await world().runs.after(async () => ({
            delivery: await world().stage.deliver(event, delivered),
          }));
        }
        const arn = `arn:aws-us-gov:cloudtrail:us-gov-west-1:${account}:trail/guarded`;
        const held = await world().recordsOn(arn);
        expect(held).toMatchObject([{ kind: 'trail-attempt', status: 'told', calls: [] }]);
        const { message } = await world().told(held[0]?.id ?? '');
        expect(message).toContain('StopLogging failed with AccessDenied');
        expect(message).toContain('https://console.amazonaws-us-gov.com/');
        expect(await world().messagesOf(held[0]?.id ?? '')).toHaveLength(1);
      });
    });

    describe('an exemption', () => {
      it('keeps the guard from answering the principal that it names', async () => {
        const trail = await world().trails.startNew('deployed');
        await stop('deployed', deployer);
        expect((await world().trails.status(trail)).isLogging).toBe(false);
        const [record] = await world().recordsOn(trail.arn);
        expect(record).toMatchObject({ status: 'told', mode: 'notify', calls: [] });
        expect((await world().told(record?.id ?? '')).message).toContain('role/Deployer is exempt');
      });

      it('does not match a session that only calls itself so', async () => {
        const trail = await world().trails.startNew('imitated');
        await stop('imitated', {
          ...intruder,
          sessionName: 'Deployer',
          userAgent: `role/Deployer arn:aws:iam::${account}:role/Deployer`,
        });
        expect((await world().trails.status(trail)).isLogging).toBe(true);
      });

      it('keeps the guard from the resource that it names', async () => {
        const trail = await world().trails.startNew('exempt');
        await stop('exempt');
        expect((await world().trails.status(trail)).isLogging).toBe(false);
        const [record] = await world().recordsOn(trail.arn);
        expect(record).toMatchObject({ status: 'told', reason: `${trail.arn} is exempt` });
      });
    });

    describe('who calls', () => {
      it('is answered although they send the application id of Riposte', async () => {
        const trail = await world().trails.startNew('disguised');
        await stop('disguised', {
          ...intruder,
          userAgent: 'aws-sdk-js/3 app/riposte-restart-trail',
        });
        expect((await world().trails.status(trail)).isLogging).toBe(true);
        expect(await world().recordsOn(trail.arn)).toMatchObject([{ status: 'verified' }]);
      });

      it("is answered although they use one of Riposte's own roles", async () => {
        const trail = await world().trails.startNew('betrayed');
        const role = 'riposte-cloudtrail-guard-local-restart-trail-role';
        await stop('betrayed', { type: 'AssumedRole', role, sessionName: 'restart-trail' });
        expect((await world().trails.status(trail)).isLogging).toBe(true);
      });

      it('is Riposte itself: its own calls come back and set off nothing', async () => {
        await world().trails.startNew('echoed');
        await world().stage.play.functionCalls(false);
        await stop('echoed');
        const before = callsTo('StartLogging').length;
        const events = await world().stage.play.functionCalls();
        expect(events.map(({ detail }) => Object(detail).eventName)).toContain('StartLogging');
        await world().quiet();
        expect(callsTo('StartLogging')).toHaveLength(before);
        expect(await world().recordsOn(arnOf('echoed'))).toHaveLength(1);
      });
    });

    describe('the same event', () => {
      it('delivered six times more changes nothing, and nobody is told again', async () => {
        const trail = await world().trails.startNew('repeated');
        const { event } = await stop('repeated');
        const before = callsTo('StartLogging').length;
        await world().runs.after(async () => ({
          delivery: await world().stage.deliver(event, { duplicates: 5 }),
        }));
        expect(callsTo('StartLogging')).toHaveLength(before);
        expect(await world().recordsOn(trail.arn)).toMatchObject([{ revision: 1 }]);
      });

      it('that nobody can read goes to the dead-letter queue, with its reason', async () => {
        const trail = await world().trails.startNew('garbled');
        const { event } = await world().stage.play.stopTrail('garbled', { deliver: false });
        const { eventTime: _eventTime, ...detail } = Object(event.detail);
        await world().runs.after(async () => ({
          delivery: await world().stage.deliver({ ...event, detail }),
        }));
        expect(await deadLetterOf(world().stage, 'restart-trail', event.id)).toMatchObject({
          error: { name: 'MalformedEventError', path: 'detail.eventTime' },
          source: { eventId: event.id },
          body: { id: event.id },
        });
        expect((await world().trails.status(trail)).isLogging).toBe(false);
      });
    });

    describe('a trail that is stopped again and again', () => {
      it('is escalated at the third time in ten minutes, with a plan that contains who did it', async () => {
        const trail = await world().trails.startNew('harassed');
        const escalations = async () =>
          (await world().recordsOn(trail.arn)).filter(
            ({ kind }) => kind === 'trail-stopped-repeatedly',
          );
        for (const expected of [0, 0, 1, 1]) {
          await stop('harassed');
          expect(await escalations()).toHaveLength(expected);
        }
        expect((await world().trails.status(trail)).isLogging).toBe(true);
        const held = await world().recordsOn(trail.arn);
        const escalated = await escalations();
        expect(escalated).toMatchObject([
          {
            status: 'planned',
            calls: [],
            plan: [{ operation: 'iam:PutRolePolicy', reversible: true }],
          },
        ]);
        expect(held.filter(({ kind }) => kind === 'trail-stopped')).toHaveLength(4);
        const { subject, message, attributes } = await world().told(escalated[0]?.id ?? '');
        expect(subject).toContain('ESCALATED: trail harassed is stopped again and again');
        expect(message).toContain('waits for a person');
        expect(attributes.severity).toBe('critical');
      });
    });

    describe('a mode', () => {
      it.each([
        ['off', []],
        ['notify', [{ status: 'told' }]],
        ['dry-run', [{ status: 'planned', plan: [{ operation: 'cloudtrail:StartLogging' }] }]],
      ])('%s of trail-stopped changes nothing', async (mode, expected) => {
        const trail = await world().trails.startNew(`mode-${mode}`);
        await world().settings.write({ modes: { 'trail-stopped': mode } });
        await world().settings.forget(['restart-trail']);
        await stop(`mode-${mode}`);
        expect((await world().trails.status(trail)).isLogging).toBe(false);
        expect(await world().recordsOn(trail.arn)).toMatchObject(expected);
      });
    });

    describe('a deployment whose home is another Region', () => {
      it('leaves the stop to the one that acts', async () => {
        await world().settings.redeploy('restart-trail', { HOME_REGION: 'eu-west-1' });
        const trail = await world().trails.startNew('elsewhere');
        await stop('elsewhere');
        await world().settings.redeploy('restart-trail', { HOME_REGION: '' });
        expect((await world().trails.status(trail)).isLogging).toBe(false);
        expect(await world().recordsOn(trail.arn)).toEqual([]);
      });
    });

    describe('the kill switch', () => {
      it('that is on keeps a stopped trail stopped, and people are told', async () => {
        await world().settings.write({});
        await world().settings.killSwitch('on');
        await world().settings.forget(['restart-trail']);
        const trail = await world().trails.startNew('switched');
        await stop('switched');
        expect((await world().trails.status(trail)).isLogging).toBe(false);
        const [record] = await world().recordsOn(trail.arn);
        expect(record).toMatchObject({ status: 'told', calls: [] });
        const { message } = await world().told(record?.id ?? '');
        expect(message).toContain('the kill switch is on: no change is made');
        expect(message).toContain('aws cloudtrail start-logging');
      });

      it('that cannot be read does not keep a stopped trail from being started', async () => {
        await world().settings.killSwitch('off');
        await world().settings.forget(['restart-trail']);
        const remove = world().stage.faults.add({
          appId: 'riposte-restart-trail',
          operation: 'GetParameters',
          effect: 'deny',
        });
        const trail = await world().trails.startNew('unswitched');
        await stop('unswitched');
        remove();
        expect((await world().trails.status(trail)).isLogging).toBe(true);
        const [record] = await world().recordsOn(trail.arn);
        expect((await world().told(record?.id ?? '')).message).toContain(
          'the settings could not be read (AccessDeniedException); a stopped trail is started all the same',
        );
      });
    });

    afterAll(async () => {
      await world().settings.write({});
      await world().settings.killSwitch('off');
      await world().settings.forget();
    });
  });
}
