import { readFile } from 'node:fs/promises';
import { type CollectionTag, parse, type ScalarTag } from 'yaml';
import { type JsonObject, objectAt } from './json.ts';

const functions = ['Ref', 'Sub', 'GetAtt', 'Join', 'If', 'Not', 'Equals', 'ImportValue'];

/** CloudFormation's short forms, e.g. `!Sub text`, as the functions that they stand for. */
const customTags = functions.flatMap((name): readonly (ScalarTag | CollectionTag)[] => {
  const tag = `!${name}`;
  const full = name === 'Ref' ? name : `Fn::${name}`;
  return [
    { tag, resolve: (text: string) => ({ [full]: text }) },
    { tag, collection: 'seq', resolve: (list) => ({ [full]: list.toJSON() }) },
  ];
});

/** Reads a template that is written in YAML. */
export async function readYamlTemplate(file: URL): Promise<JsonObject> {
  return objectAt(parse(await readFile(file, 'utf8'), { customTags: [...customTags] }));
}
