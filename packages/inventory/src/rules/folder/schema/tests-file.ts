import { accountId, moment, oneOrMore, slug, strict, text, title } from '@riposte/rules/folder';
import * as z from 'zod';
import { changeKind, inventoryType, severity } from './values.ts';

const attributes = z.record(text, z.string());

const testCase = strict({
  name: title,
  type: inventoryType.exactOptional().describe('AWS:File where absent.'),
  items: oneOrMore.describe('Names of the things that changed, each in the same way.'),
  change: changeKind.exactOptional().describe('modified where absent.'),
  before: attributes.exactOptional().describe('Attributes as approved.'),
  after: attributes.exactOptional().describe('Attributes as seen.'),
  attributes: z
    .array(text)
    .min(1)
    .exactOptional()
    .describe('Those that differ; where absent, those of before and after, or all.'),
  node: text.exactOptional(),
  account: accountId.exactOptional(),
  region: text.exactOptional(),
  tags: z.record(text, z.string()).exactOptional().describe('Absent: not known.'),
  from: moment.exactOptional().describe('The last inventory in which it was as approved.'),
  to: moment.exactOptional().describe('The first in which it was not.'),
  now: moment.exactOptional().describe('For rules that expire; the time of to where absent.'),
  expect: z
    .union([
      z.literal('nothing'),
      strict({
        rule: slug,
        severity,
        window: slug.exactOptional(),
        unknown: z.boolean().exactOptional().describe('Whether tags were wanting.'),
      }),
    ])
    .describe('nothing, or the rule that names it and the severity.'),
});

/** `*.tests.yaml` */
export const testsFile = strict({ cases: z.array(testCase).min(1) }).meta({
  title: 'Riposte inventory rule tests',
  description: 'Cases that the rules have to pass.',
});
export type TestsFile = z.infer<typeof testsFile>;
export type CaseEntry = TestsFile['cases'][number];
