import * as z from 'zod';
import { rulesFile } from './schema/rules-file.ts';
import { testsFile } from './schema/tests-file.ts';

/**
 * JSON Schemas of the files of a rule folder, in draft 7, which editors understand best. They say what keys and values there are;
 * `loadInventoryRules` checks more.
 *
 * @example
 * await writeFile('schemas/rules.schema.json', JSON.stringify(inventoryRulesJsonSchema().rules));
 */
export function inventoryRulesJsonSchema(): { readonly rules: object; readonly tests: object } {
  return { rules: schemaOf(rulesFile), tests: schemaOf(testsFile) };
}

function schemaOf(file: z.ZodType): object {
  return z.toJSONSchema(file, { target: 'draft-7', io: 'input' });
}
