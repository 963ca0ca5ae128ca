import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultRule } from '@riposte/local-stage';
import type { TrailId } from '@riposte/remediations/cloudtrail';
import { intruder } from './callers.ts';
import { deadLetterOf, deadLetterTexts } from './dead-letters.ts';
import { eventually } from './eventually.ts';
import { findingIdOf, noted } from './findings-hub.ts';
import type { GuardWorld } from './guard-world.ts';
import { approve } from './riposte-command.ts';
import { endLease } from './state-table.ts';

/** Answers in the middle of which AWS fails, or a function dies. */
export function failureCases(world: () => GuardWorld): void {
  const fault = (name: string, rule: Omit<FaultRule, 'appId'>) =>
    world().stage.faults.add({ appId: `riposte-${name}`, ...rule });
  const stop = (trail: string) => world().stage.play.stopTrail(trail, { caller: intruder });
  const attempts = (operation: string, { arn }: TrailId) =>
    world()
      .stage.calls()
      .filter((call) => call.operation === operation && call.parameters.Name === arn)
      .filter(({ appId }) => appId?.startsWith('riposte-'));
  const claimed = async ({ arn }: TrailId) => {
    const record = await eventually('a claim', async () => (await world().recordsOn(arn))[0]);
    return record.id;
  };
  afterEach(() => world().stage.faults.clear());

  describe('a call of the guard', () => {
    it('that is throttled is tried again, after waits that differ', async () => {
      const trail = await world().trails.startNew('throttled');
      fault('restart-trail', { operation: 'StartLogging', effect: 'throttle', count: 3 });
      await world().runs.after(() => stop('throttled'));
      expect((await world().trails.status(trail)).isLogging).toBe(true);
      const tried = attempts('StartLogging', trail);
      expect(tried.map(({ status }) => status)).toEqual([400, 400, 400, 200]);
      const at = tried.map(({ time }) => Date.parse(time));
      const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0));
      expect(new Set(waits).size).toBeGreaterThan(1);
      expect(await world().recordsOn(trail.arn)).toMatchObject([{ status: 'verified' }]);
    });

    it('that hangs is given up and tried again', async () => {
      const trail = await world().trails.startNew('hanging');
      fault('restart-trail', {
        operation: 'StartLogging',
        effect: 'timeout',
        count: 1,
        hangMs: 300,
      });
      await world().runs.after(() => stop('hanging'));
      expect(await world().recordsOn(trail.arn)).toMatchObject([{ status: 'verified' }]);
    });

    it('that AWS fails to answer is tried again', async () => {
      const trail = await world().trails.startNew('failing');
      fault('restart-trail', { operation: 'GetTrailStatus', effect: 'error', count: 2 });
      await world().runs.after(() => stop('failing'));
      expect(await world().recordsOn(trail.arn)).toMatchObject([{ status: 'verified' }]);
    });

    it('that is denied is told once, and its event goes to the dead letters with the reason', async () => {
      const trail = await world().trails.startNew('denied');
      fault('restart-trail', { operation: 'StartLogging', effect: 'deny' });
      const { event } = await world().runs.after(() => stop('denied'));
      expect((await world().trails.status(trail)).isLogging).toBe(false);
      const [record] = await world().recordsOn(trail.arn);
      expect(record).toMatchObject({ status: 'failed', kind: 'trail-stopped' });
      expect((await world().told(record?.id ?? '')).subject).toContain('FAILED');
      const letter = await deadLetterOf(world().stage, 'restart-trail', event.id);
      expect(letter.error).toMatchObject({
        name: 'AccessRefusedError',
        message: expect.stringContaining('AccessDeniedException'),
      });
      expect(attempts('StartLogging', trail)).toHaveLength(1);
    });

    it('that is denied no more lets the sweep start the trail, as the same incident', async () => {
      const trail = await world().trails.startNew('denied-for-now');
      const remove = fault('restart-trail', { operation: 'StartLogging', effect: 'deny' });
      await world().runs.after(() => stop('denied-for-now'));
      remove();
      await world().runs.invoke('sweep', {});
      expect(await world().recordsOn(trail.arn)).toMatchObject([
        { status: 'verified', revision: 2 },
      ]);
    });

    it('to the state table that is denied again and again ends in the dead letters, and the sweep finds the trail', async () => {
      const trail = await world().trails.startNew('tableless');
      fault('restart-trail', { operation: 'PutItem', effect: 'deny' });
      const { event } = await stop('tableless');
      const letter = await eventually('the event in the dead letters', async () => {
        const texts = await deadLetterTexts(world().stage, `${guard}-restart-trail-dlq`);
        return texts.find((text) => text.includes(event.id));
      });
      expect(JSON.parse(letter)).toMatchObject({
        requestPayload: { id: event.id },
        responsePayload: { errorType: expect.any(String) },
      });
      world().stage.faults.clear();
      await world().runs.invoke('sweep', {});
      expect((await world().trails.status(trail)).isLogging).toBe(true);
    });

    it('to Security Hub that is denied leaves the trail started; the note is written once the dead letter is redriven', async () => {
      const trail = await world().trails.startNew('noteless');
      await world().stage.play.stopTrail('noteless', { deliver: false });
      fault('answer-finding', { operation: 'BatchUpdateFindings', effect: 'deny' });
      fault('answer-finding', { operation: 'BatchUpdateFindingsV2', effect: 'deny' });
      const { event } = await world().stage.play.loggingDisabledFinding('asff', {
        trails: [trail.arn],
      });
      await world().trails.recording(trail);
      const id = findingIdOf(event);
      const letter = await deadLetterOf(world().stage, 'answer-finding', `"Id":"${id}"`);
      expect(letter.error).toMatchObject({ name: 'FindingNoteError', path: 'Note' });
      world().stage.faults.clear();
      await world().stage.deliver(letter.body);
      const record = await world().concluded(trail.arn, 'trail-stopped');
      await noted(world().stage, id, record.id);
    });
  });

  describe('a function that dies', () => {
    it('after its claim is carried on by its retry, once the lease is over', async () => {
      const trail = await world().trails.startNew('dead-claimed');
      fault('restart-trail', { operation: 'PutItem', effect: 'kill', when: 'after', count: 1 });
      await stop('dead-claimed');
      await endLease(world().stage, world().names.StateTableName, await claimed(trail));
      await world().trails.recording(trail);
      const record = await world().concluded(trail.arn, 'trail-stopped');
      expect(record).toMatchObject({ status: 'verified', revision: 1 });
      expect(await world().recordsOn(trail.arn)).toHaveLength(1);
    });

    it('after StartLogging has its restart proven by its retry, without a second one', async () => {
      const trail = await world().trails.startNew('dead-started');
      fault('restart-trail', {
        operation: 'StartLogging',
        effect: 'kill',
        when: 'after',
        count: 1,
      });
      await stop('dead-started');
      await world().trails.recording(trail);
      await endLease(world().stage, world().names.StateTableName, await claimed(trail));
      const record = await world().concluded(trail.arn, 'trail-stopped');
      expect(record).toMatchObject({ status: 'verified', verification: { verified: true } });
      expect(attempts('StartLogging', trail)).toHaveLength(1);
      await world().told(record.id);
      await world().quiet();
      expect(await world().messagesOf(record.id)).toHaveLength(1);
    });

    it('after it has concluded changes and tells nothing when it is tried again', async () => {
      const trail = await world().trails.startNew('dead-concluded');
      fault('restart-trail', { operation: 'UpdateItem', effect: 'kill', when: 'after', count: 1 });
      await stop('dead-concluded');
      const record = await world().concluded(trail.arn, 'trail-stopped');
      await eventually('the retry', async () => attempts('GetTrailStatus', trail)[2]);
      await world().quiet();
      expect(await world().recordsOn(trail.arn)).toMatchObject([{ id: record.id, revision: 1 }]);
      expect(await world().messagesOf(record.id)).toHaveLength(1);
    });

    it('between two parts of a restoration is carried on by the sweep', async () => {
      const trail = await world().trails.startNew('half-restored', { IsMultiRegionTrail: true });
      await approve(world().stage, 'half-restored');
      const approved = await world().trails.read(trail);
      await world().stage.play.updateTrail(
        'half-restored',
        { IsMultiRegionTrail: false },
        { deliver: false },
      );
      fault('restore-trail', { operation: 'UpdateTrail', effect: 'kill', when: 'after' });
      await world().stage.play.putEventSelectors(
        'half-restored',
        { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] },
        { caller: intruder, deliver: { always: true } },
      );
      const id = await claimed(trail);
      await eventually('its death', async () => attempts('UpdateTrail', trail)[0]);
      expect((await world().trails.read(trail)).eventSelectors[0]?.ReadWriteType).toBe('ReadOnly');
      await world().quiet();
      world().stage.faults.clear();
      await endLease(world().stage, world().names.StateTableName, id);
      await world().runs.invoke('sweep', {});
      expect(await world().trails.read(trail)).toEqual(approved);
      expect(await world().recordsOn(trail.arn)).toMatchObject([
        { id, kind: 'trail-blinded', status: 'verified', revision: 1 },
      ]);
    });
  });
}

const guard = 'riposte-cloudtrail-guard-local';
