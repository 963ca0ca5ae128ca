// Writes the JSON Schemas of rule files beside the shipped rules: `node services/finding-router/build/write-schemas.ts && npm run format`.
import { writeFileSync } from 'node:fs';
import { schemaFiles } from './schema-files.ts';

for (const { path, schema } of schemaFiles())
  writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`);
