import { describe, expect, it } from '@jest/globals';
import type { GuardDutyForm } from '@riposte/local-stage';
import { intruder } from './callers.ts';
import { deadLetterOf } from './dead-letters.ts';
import { analyst, findingIdOf, findingNow, noted } from './findings-hub.ts';
import { account, type GuardWorld } from './guard-world.ts';

/** Answers to GuardDuty's finding, in the three forms in which it arrives. */
export function findingCases(world: () => GuardWorld): void {
  /** A trail that was stopped without anybody hearing the call. */
  const stoppedUnheard = async (name: string) => {
    const trail = await world().trails.startNew(name);
    await world().stage.play.stopTrail(name, { caller: intruder, deliver: false });
    return trail;
  };
  const find = (form: GuardDutyForm, ...trails: readonly string[]) =>
    world().stage.play.loggingDisabledFinding(form, { trails, caller: { userName: 'mallory' } });
  const starts = (name: string) =>
    world()
      .stage.calls()
      .filter(
        ({ operation, parameters, appId }) =>
          operation === 'StartLogging' &&
          appId !== 'stage-observer' &&
          String(parameters.Name).endsWith(`/${name}`),
      );

  describe('a finding that logging was disabled', () => {
    it.each([
      ['guardduty', 'guardduty'],
      ['asff', 'finding'],
      ['ocsf', 'finding'],
    ] as const)('in the form %s has the trail started', async (form, path) => {
      const trail = await stoppedUnheard(`found-${form}`);
      await find(form, trail.arn);
      await world().trails.recording(trail);
      const record = await world().concluded(trail.arn, 'trail-stopped');
      expect(record).toMatchObject({
        status: 'verified',
        trigger: { path, eventName: 'CloudTrailLoggingDisabled' },
        finding: { accountId: account, region: 'us-east-1' },
        actor: { sourceIp: '203.0.113.7', sessionName: 'mallory' },
      });
      const { message } = await world().told(record.id);
      expect(message).toContain(`Finding: arn:aws:guardduty:us-east-1:${account}:detector/`);
      expect(message).toContain('Session: mallory');
    });

    it('in ASFF gets the outcome as a note, and its workflow is resolved', async () => {
      const trail = await stoppedUnheard('noted');
      const { event } = await find('asff', trail.arn);
      const record = await world().concluded(trail.arn, 'trail-stopped');
      const finding = await noted(world().stage, findingIdOf(event), record.id);
      expect(finding.Note?.UpdatedBy).toBe('riposte');
      expect(finding.Note?.Text).toContain('IsLogging true');
      expect(finding.Workflow?.Status).toBe('RESOLVED');
      expect(finding.UserDefinedFields).toMatchObject({
        riposteIncident: record.id,
        riposteStatus: 'verified',
      });
    });

    it('in OCSF gets the outcome as a comment, and is resolved', async () => {
      const trail = await stoppedUnheard('commented');
      await find('ocsf', trail.arn);
      const record = await world().concluded(trail.arn, 'trail-stopped');
      await world().quiet();
      const updates = world()
        .stage.calls()
        .filter(({ operation }) => operation === 'BatchUpdateFindingsV2')
        .filter(({ parameters }) => String(parameters.Comment).includes(record.id));
      expect(updates).toMatchObject([
        { appId: 'riposte-answer-finding', status: 200, parameters: { StatusId: 4 } },
      ]);
    });

    it("keeps an analyst's note in front, and the status that they chose", async () => {
      const trail = await world().trails.startNew('annotated');
      const { event } = await find('asff', trail.arn);
      const id = findingIdOf(event);
      await world().quiet();
      expect((await findingNow(world().stage, id)).Note).toBeUndefined();
      await world().stage.play.stopTrail('annotated', { deliver: false });
      await analyst(world().stage, await findingNow(world().stage, id), {
        Note: { Text: 'I know about this: ticket 4711.', UpdatedBy: 'ana' },
        Workflow: { Status: 'SUPPRESSED' },
      });
      const finding = await noted(world().stage, id, 'Incident inc-');
      expect(finding.Note?.Text).toMatch(/^I know about this: ticket 4711\.\n--- Riposte: /);
      expect(finding.Workflow?.Status).toBe('SUPPRESSED');
      expect((await world().trails.status(trail)).isLogging).toBe(true);
    });

    it('names several trails: each of them is started', async () => {
      const trails = [await stoppedUnheard('first-of-two'), await stoppedUnheard('second-of-two')];
      await find('asff', ...trails.map(({ arn }) => arn));
      for (const trail of trails) {
        await world().trails.recording(trail);
        expect(await world().concluded(trail.arn, 'trail-stopped')).toMatchObject({
          status: 'verified',
        });
      }
    });

    it('comes with others in one event: each of them is answered, the one that nobody can read too', async () => {
      const trails = [await stoppedUnheard('beside-one'), await stoppedUnheard('beside-two')];
      const [one, two] = [
        await find('guardduty', 'never-there'),
        await world().stage.play.loggingDisabledFinding('guardduty', { trails: ['never-there'] }),
      ];
      expect(one.event.id).not.toBe(two.event.id);
      const documents = trails.map(({ arn }, index) => asffOf(arn, `beside-${index}`));
      const nameless = { ...asffOf('', 'nameless'), ProductFields: {} };
      const id = `several-${Date.now()}`;
      await world().stage.deliver({
        ...one.event,
        id,
        source: 'aws.securityhub',
        'detail-type': 'Security Hub Findings - Imported',
        detail: { findings: [documents[0], nameless, documents[1]] },
      });
      for (const trail of trails) await world().trails.recording(trail);
      expect(await deadLetterOf(world().stage, 'answer-finding', id)).toMatchObject({
        error: { name: 'MalformedFindingError', path: 'affectedResources' },
      });
    });

    it('names a trail as its Region sees it: the trail is started in its home Region', async () => {
      const trail = await world().trails.startNew('shadowed', {
        region: 'eu-central-1',
        IsMultiRegionTrail: true,
      });
      await world().stage.play.stopTrail('shadowed', { region: 'eu-central-1', deliver: false });
      await find('asff', 'shadowed');
      await world().trails.recording(trail);
      expect(starts('shadowed')).toMatchObject([{ region: 'eu-central-1', status: 200 }]);
    });

    it('is about a trail that is gone: people are told of the deletion', async () => {
      const trail = await world().trails.startNew('found-gone');
      await world().stage.play.deleteTrail('found-gone', { deliver: false });
      const { event } = await find('asff', trail.arn);
      const record = await world().concluded(trail.arn, 'trail-deleted');
      expect(record).toMatchObject({ status: 'told', plan: [] });
      const finding = await noted(world().stage, findingIdOf(event), record.id);
      expect(finding.Workflow?.Status).toBe('NOTIFIED');
    });
  });

  describe('one stop that is heard of by every path', () => {
    const arriveBy = async (name: string, inTurn: (paths: Paths) => Promise<unknown>) => {
      const trail = await world().trails.startNew(name);
      const { event } = await world().stage.play.stopTrail(name, {
        caller: intruder,
        deliver: false,
      });
      await inTurn({
        call: () => world().stage.deliver(event, { duplicates: 1 }),
        sweep: () => world().runs.invoke('sweep', {}),
        asff: () => find('asff', trail.arn),
        ocsf: () => find('ocsf', trail.arn),
        guardduty: () => find('guardduty', trail.arn),
      });
      await world().quiet();
      const held = await world().recordsOn(trail.arn);
      expect(held).toMatchObject([{ kind: 'trail-stopped', status: 'verified' }]);
      expect(starts(name)).toHaveLength(1);
      expect(await world().messagesOf(held[0]?.id ?? '')).toHaveLength(1);
      return held[0];
    };

    it('is one change, one record and one message when the call comes first', async () => {
      await arriveBy('call-first', async ({ call, asff, ocsf, guardduty, sweep }) => {
        for (const path of [call, asff, ocsf, guardduty, sweep]) await path();
      });
    });

    it('is the same when the call comes last, and the record learns from it who it was', async () => {
      const record = await arriveBy('call-last', async ({ call, asff, ocsf, guardduty, sweep }) => {
        for (const path of [sweep, guardduty, ocsf, asff]) await path();
        await world().quiet();
        await call();
      });
      expect(record?.actor?.issuerArn).toBe(`arn:aws:iam::${account}:role/Admin`);
    });

    it('is the same when all come at the same moment', async () => {
      await arriveBy('call-among', ({ call, asff, ocsf, guardduty, sweep }) =>
        Promise.all([ocsf, asff, sweep, call, guardduty, sweep].map((path) => path())),
      );
    });
  });
}

type Paths = Readonly<
  Record<'call' | 'asff' | 'ocsf' | 'guardduty' | 'sweep', () => Promise<unknown>>
>;

function asffOf(trail: string, id: string): object {
  const at = new Date().toISOString();
  return {
    ...{ SchemaVersion: '2018-10-08', Id: id, GeneratorId: 'guardduty', AwsAccountId: account },
    ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/guardduty',
    Types: ['TTPs/Defense Evasion/Stealth:IAMUser-CloudTrailLoggingDisabled'],
    ...{ CreatedAt: at, UpdatedAt: at, Title: 'disabled', Description: 'disabled' },
    ...{ Region: 'us-east-1', Severity: { Label: 'LOW' } },
    ProductFields: { 'action/awsApiCallAction/affectedResources/AWS::CloudTrail::Trail': trail },
    Resources: [{ Type: 'AwsIamAccessKey', Id: 'AKIAEXAMPLE' }],
  };
}
