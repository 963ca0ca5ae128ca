import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { schemaFiles } from '../build/schema-files.ts';

describe('the JSON Schemas beside the shipped rules', () => {
  it.each(schemaFiles())(
    'are those of the code ($path); else run node services/finding-router/build/write-schemas.ts',
    ({ path, schema }) => {
      expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(schema);
    },
  );
});
