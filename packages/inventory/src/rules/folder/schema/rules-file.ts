import { accountId, dateOrMoment, slug, strict, text } from '@riposte/rules/folder';
import * as z from 'zod';
import { maintenanceWindow } from './maintenance-window.ts';
import { changeKind, glob, globs, inventoryType, namePattern, severity } from './values.ts';

const rule = strict({
  id: slug.describe('Unique in the folder; findings bear it.'),
  description: z.string().min(1).max(1024).exactOptional(),
  type: inventoryType.exactOptional().describe('AWS:File where absent.'),
  include: z.array(namePattern).min(1).describe('Names that it is about; one that fits is enough.'),
  exclude: z.array(namePattern).min(1).exactOptional(),
  attributes: z
    .array(text)
    .min(1)
    .exactOptional()
    .describe('Modified things count where one of these differs; any where absent.'),
  changes: z.array(changeKind).min(1).exactOptional().describe('All kinds where absent.'),
  severity: severity.exactOptional().describe('Needed unless the policy is ignore.'),
  policy: z
    .enum(['readonly', 'growing', 'presence', 'ignore'])
    .exactOptional()
    .describe(
      'readonly (default): each change counts. growing: more size and a later time do not. presence: only created and deleted. ignore: nothing does, and no later rule is asked.',
    ),
  nodes: globs.exactOptional().describe('Ids of nodes: i-…, mi-….'),
  accounts: z.array(accountId).min(1).exactOptional(),
  regions: globs.exactOptional(),
  tags: z
    .record(text, z.union([glob, globs]))
    .exactOptional()
    .describe('Tags of the node, each with one of these values. Not known: counts as named.'),
  maintenance: strict({
    windows: z.array(slug).min(1).describe('Names of windows of this folder.'),
    severity: severity.exactOptional().describe('INFORMATIONAL where absent; never raises.'),
  })
    .exactOptional()
    .describe('What changed wholly inside one of these windows is less severe.'),
  expires: dateOrMoment
    .exactOptional()
    .describe('From then on the rule does not apply: a temporary exception.'),
}).superRefine((value, context) => {
  for (const { message, path } of ruleProblems(value))
    context.addIssue({ code: 'custom', message, path });
});

function ruleProblems({
  policy = 'readonly',
  severity: given,
  maintenance,
  type: of = 'AWS:File',
}: {
  readonly policy?: string;
  readonly severity?: string;
  readonly maintenance?: object;
  readonly type?: string;
}): readonly { readonly message: string; readonly path: string[] }[] {
  const problems: { readonly message: string; readonly path: string[] }[] = [];
  if (policy !== 'ignore' && given === undefined)
    problems.push({ message: 'severity is missing', path: [] });
  if (policy === 'ignore' && given !== undefined)
    problems.push({ message: 'what is ignored has no severity', path: ['severity'] });
  if (policy === 'ignore' && maintenance !== undefined)
    problems.push({ message: 'what is ignored needs no maintenance', path: ['maintenance'] });
  if (policy === 'growing' && of !== 'AWS:File')
    problems.push({ message: 'only files grow: AWS:File', path: ['policy'] });
  return problems;
}

/** `*.rules.yaml` */
export const rulesFile = strict({
  description: text.exactOptional(),
  windows: z
    .array(maintenanceWindow)
    .min(1)
    .exactOptional()
    .describe('Maintenance windows, for all files.'),
  rules: z.array(rule).min(1).describe('The first that names a change decides.'),
}).meta({
  title: 'Riposte inventory rules',
  description: 'Which changes of files, packages, services and registry values become findings.',
});
export type RulesFile = z.infer<typeof rulesFile>;
export type RuleEntry = RulesFile['rules'][number];
export type WindowOfFile = NonNullable<RulesFile['windows']>[number];
