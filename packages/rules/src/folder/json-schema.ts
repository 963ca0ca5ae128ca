import * as z from 'zod';
import { channelsFile, ownersFile, packFile, testsFile } from './schema/files.ts';

/** JSON Schemas of the files of a rule folder. */
export interface RuleSchemas {
  readonly rules: object;
  readonly channels: object;
  readonly owners: object;
  readonly tests: object;
}

/**
 * JSON Schemas of the files of a rule folder, in draft 7, which editors understand best. They say what keys and values there are, with
 * descriptions; `loadRuleFolder` checks more.
 *
 * @example
 * await writeFile('schemas/rules.schema.json', JSON.stringify(rulesJsonSchema().rules));
 */
export function rulesJsonSchema(): RuleSchemas {
  return {
    rules: schemaOf(packFile),
    channels: schemaOf(channelsFile),
    owners: schemaOf(ownersFile),
    tests: schemaOf(testsFile),
  };
}

function schemaOf(file: z.ZodType): object {
  return z.toJSONSchema(file, { target: 'draft-7', io: 'input' });
}
