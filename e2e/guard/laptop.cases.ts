import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResponseRecord } from '@riposte/findings';
import { intruder } from './callers.ts';
import { deadLetterOf } from './dead-letters.ts';
import type { GuardWorld } from './guard-world.ts';
import { approve, riposte, run } from './riposte-command.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const service = join(checkout, 'services', 'cloudtrail-guard');
const framework = join(checkout, 'node_modules', 'serverless', 'bin', 'serverless.js');

/** What a person does at a laptop whose shell points at a stage. */
export function laptopCases(world: () => GuardWorld): void {
  const command = (...argv: readonly string[]) => riposte(world().stage, ...argv);
  const answered = async (name: string): Promise<ResponseRecord> => {
    const trail = await world().trails.startNew(name);
    await world().runs.after(() => world().stage.play.stopTrail(name, { caller: intruder }));
    return world().concluded(trail.arn, 'trail-stopped');
  };

  describe('riposte responses', () => {
    let record: ResponseRecord;
    beforeAll(async () => {
      record = await answered('listed');
      await world().told(record.id);
    });

    it('lists what Riposte did, and shows everything about one of them', async () => {
      const list = await command('responses', 'list', '--since', '1h', '--json');
      const listed: readonly unknown[] = JSON.parse(list.out).records;
      expect(listed).toContainEqual(record);
      const show = await command('responses', 'show', record.id);
      expect(show.status).toBe(0);
      for (const said of [
        `${record.id}  trail-stopped  verified`,
        'Who:         arn:aws:iam::123456789012:role/Admin',
        'Proof:       yes: GetTrailStatus: IsLogging true',
        `Evidence:    s3://${world().names.EvidenceBucketName}/responses/cloudtrail-guard/`,
        'cloudtrail:StartLogging: logging: false -> true',
      ]) {
        expect(show.out).toContain(said);
      }
    });

    it('take an answer back once, and only when a person means it', async () => {
      const unsure = await command('responses', 'undo', record.id);
      expect(unsure).toMatchObject({ status: 3, notes: expect.stringContaining('give --yes') });
      expect(unsure.notes).toContain('FROM THEN ON THIS TRAIL RECORDS NOTHING');
      expect(unsure.notes).toContain('RIPOSTE WILL ANSWER AGAIN');
      const trail = { ...record.resource, name: 'listed' };
      expect((await world().trails.status(trail)).isLogging).toBe(true);
      const sure = await command('responses', 'undo', record.id, '--yes');
      expect(sure).toMatchObject({ status: 0, out: expect.stringContaining('IsLogging false') });
      expect((await world().trails.status(trail)).isLogging).toBe(false);
      expect(await world().recordsOn(trail.arn)).toMatchObject([
        { id: record.id, status: 'undone', approver: 'arn:aws:iam::123456789012:root' },
      ]);
      const again = await command('responses', 'undo', record.id, '--yes');
      expect(again).toMatchObject({ status: 3, notes: expect.stringContaining('undone already') });
    });

    it('take a restoration back: the settings are as they were before it', async () => {
      const trail = await world().trails.startNew('put-back', { IsMultiRegionTrail: true });
      await approve(world().stage, 'put-back');
      await world().runs.after(() =>
        world().stage.play.updateTrail(
          'put-back',
          { IsMultiRegionTrail: false },
          { caller: intruder },
        ),
      );
      expect((await world().trails.read(trail)).isMultiRegionTrail).toBe(true);
      const restored = await world().concluded(trail.arn, 'trail-blinded');
      expect(await command('responses', 'undo', restored.id, '--yes')).toMatchObject({ status: 0 });
      expect((await world().trails.read(trail)).isMultiRegionTrail).toBe(false);
    });
  });

  describe('riposte doctor', () => {
    it('says what is well, what is missing, and how to mend it', async () => {
      const { trails, stage } = world();
      const trail = await trails.startNew('unexamined');
      const { status, out } = await command('doctor', '--json');
      expect(status).toBe(1);
      const { checks, ...deployment }: { checks: readonly object[] } = JSON.parse(out);
      expect(deployment).toMatchObject({ stage: 'local', region: stage.region, ok: false });
      for (const stack of ['foundation', 'cloudtrail-guard']) {
        const what = expect.stringContaining(`stack riposte-${stack}-local: `);
        expect(checks).toContainEqual({ check: 'stacks', status: 'ok', what });
      }
      expect(checks).toContainEqual({
        ...{ check: 'baselines', status: 'missing' },
        what: `trail ${trail.arn} has no approved baseline`,
        mend: `riposte trail approve ${trail.arn} --reason "first baseline" --stage local`,
      });
      const settings = expect.stringContaining('settings of cloudtrail-guard are valid');
      expect(checks).toContainEqual({ check: 'settings', status: 'ok', what: settings });
    });

    it('says that the kill switch is on, and that settings cannot be used', async () => {
      await world().settings.killSwitch('on');
      expect((await command('doctor')).out).toContain('kill switch is ON: Riposte changes nothing');
      await world().settings.killSwitch('off');
      await world().settings.write({ modes: { 'trail-stopped': 'sometimes' } });
      expect((await command('doctor')).out).toContain('settings are wrong at modes.trail-stopped');
      await world().settings.write({});
    });
  });

  describe('sls invoke local, with a sample event,', () => {
    const region = 'eu-west-1';
    afterAll(() =>
      rm(join(checkout, '.build', 'cloudtrail-guard'), { recursive: true, force: true }),
    );

    const invoke = async (name: string, sample = name): Promise<string> => {
      const argv = ['invoke', 'local', '-f', name, '-p', `events/${sample}.json`];
      const more = { RIPOSTE_STAGE: 'local' };
      const ended = await run(
        world().stage,
        process.execPath,
        [framework, ...argv, '--stage', 'local'],
        { cwd: service, more },
      );
      expect(ended).toMatchObject({ status: 0 });
      return ended.out;
    };

    it('restart-trail and both answer-finding have a stopped trail started', async () => {
      const trail = await world().trails.startNew('main', { region, IsMultiRegionTrail: true });
      const stop = () => world().stage.play.stopTrail('main', { region, deliver: false });
      await stop();
      expect(await invoke('restart-trail')).toContain('"result": "verified"');
      await stop();
      expect(await invoke('answer-finding', 'answer-finding-guardduty')).toContain('"verified"');
      // The sample's finding is not in this Security Hub: the note that cannot be written goes to the dead letters.
      await stop();
      await invoke('answer-finding');
      expect((await world().trails.status(trail)).isLogging).toBe(true);
      const finding = 'finding/c2c5a7e1f0b94d3e8a6b5c4d3e2f1a0b';
      expect(await deadLetterOf(world().stage, 'answer-finding', finding)).toMatchObject({
        error: { name: 'FindingNoteError' },
      });
    });

    it('restore-trail has narrowed selectors restored', async () => {
      await world().stage.play.putEventSelectors(
        'main',
        { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] },
        { region, deliver: false },
      );
      const arn = `arn:aws:cloudtrail:${region}:123456789012:trail/main`;
      await approve(world().stage, arn);
      await world().stage.play.putEventSelectors(
        'main',
        { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] },
        { region, deliver: false },
      );
      expect(await invoke('restore-trail')).toContain('"result": "verified"');
    });

    it('sweep, watch-storage, watch-self and check-delivery answer', async () => {
      expect(await invoke('sweep')).toMatch(/"trails": [1-9]/);
      expect(await invoke('watch-storage')).toContain('"result": "told"');
      expect(await invoke('watch-self')).toBe('[]\n');
      expect(await invoke('check-delivery')).toContain('"batchItemFailures": []');
    });
  });
}
