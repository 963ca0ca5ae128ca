import * as z from 'zod';
import type { Condition } from '../../model/condition.ts';
import { asffCriteria, ocsfCriteria } from './criteria.ts';
import { expression, oneKeyOf, oneOrMore, strict, text } from './values.ts';

const atLeastOne = (message: string) => ({
  check: (value: object) => Object.keys(value).length > 0,
  params: { error: message },
});

const someField = atLeastOne('names nothing to compare');

export const fieldTest = strict({
  field: text.describe(
    'Dotted path of the document; lists fan out. E.g. ProductFields.resourceOwner',
  ),
  equals: oneOrMore.exactOptional(),
  prefix: oneOrMore.exactOptional(),
  contains: oneOrMore.exactOptional(),
  glob: oneOrMore.exactOptional().describe('`*` and `?`, over the whole text.'),
  matches: expression.exactOptional().describe('RE2 syntax, found anywhere in the text.'),
  exists: z.boolean().exactOptional(),
  gte: z.number().exactOptional(),
  lte: z.number().exactOptional(),
})
  .refine((test) => Object.keys(test).length > 1, {
    error: 'a test compares: equals, prefix, contains, glob, matches, exists, gte or lte',
  })
  .describe('Any field of the document, also what criteria cannot name.');

export const ownerTest = strict({
  owner: oneOrMore.exactOptional(),
  team: oneOrMore.exactOptional(),
  businessCriticality: oneOrMore.exactOptional(),
  dataClassification: oneOrMore.exactOptional(),
  environment: oneOrMore.exactOptional(),
})
  .refine(someField.check, someField.params)
  .describe('What owners.yaml, or tags, say of the resource.');

const tagTest = z
  .record(text, oneOrMore)
  .refine(someField.check, someField.params)
  .describe('Tags of one resource: every key has one of its values; `*` is any value.');

const several = (description: string) =>
  z
    .array(z.lazy(() => condition))
    .min(1)
    .describe(description);

const one = oneKeyOf(['asff', 'ocsf', 'all', 'any', 'not', 'tags', 'owner', 'test', 'always']);

/** What `when` holds: one key. */
export const condition: z.ZodType<Condition> = z
  .union([
    one({ asff: asffCriteria }),
    one({ ocsf: ocsfCriteria }),
    one({ all: several('All of these hold.') }),
    one({ any: several('One of these holds.') }),
    one({ not: z.lazy(() => condition).describe('This does not hold.') }),
    one({ tags: tagTest }),
    one({ owner: ownerTest }),
    one({ test: fieldTest }),
    one({ always: z.literal(true).describe('Every finding.') }),
  ])
  .meta({ id: 'Condition', description: 'When the rule acts: one of these keys.' });
