import { fileURLToPath } from 'node:url';
import { rulesJsonSchema } from '@riposte/rules';

const folder = new URL('../rules/schemas/', import.meta.url);

/** A JSON Schema beside the shipped rules. */
export interface SchemaFile {
  readonly path: string;
  readonly schema: object;
}

/** The JSON Schemas of rule files, and where they lie. */
export function schemaFiles(): readonly SchemaFile[] {
  return Object.entries(rulesJsonSchema()).map(([name, schema]) => ({
    path: fileURLToPath(new URL(`${name}.schema.json`, folder)),
    schema,
  }));
}
