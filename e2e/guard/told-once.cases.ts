import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { eventually } from './eventually.ts';
import { evidenceDocument, evidenceVersions } from './evidence.ts';
import type { GuardWorld } from './guard-world.ts';

const outcome = z.looseObject({ id: z.string(), message: z.unknown().optional() });

/** Run last: what holds for everything that happened on the stage. */
export function toldOnceCases(world: () => GuardWorld): void {
  describe('every outcome of all these', () => {
    it('was written once as evidence, and told once where people were to hear of it', async () => {
      const { stage, names, quiet } = world();
      await quiet();
      const versions = await evidenceVersions(stage, names.EvidenceBucketName);
      const keys = versions.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      const outcomes = await Promise.all(
        keys.map(async (key) =>
          outcome.parse(await evidenceDocument(stage, names.EvidenceBucketName, key)),
        ),
      );
      const told = outcomes.filter(({ message }) => message !== undefined).map(({ id }) => id);
      const heard = await eventually('as many messages as told outcomes', async () => {
        const messages = await stage.messages(names.AlertsTopicArn);
        return messages.length >= told.length ? messages : undefined;
      });
      expect(heard.map(({ attributes }) => attributes.incident).sort()).toEqual(told.sort());
    });
  });
}
