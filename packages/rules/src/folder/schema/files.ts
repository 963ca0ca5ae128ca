import * as z from 'zod';
import { action, json } from './action.ts';
import { channel, inhibition } from './channel.ts';
import { condition } from './condition.ts';
import { timeInterval } from './time-interval.ts';
import { accountId, dateOrMoment, moment, oneOrMore, slug, strict, text, title } from './values.ts';

const then = z
  .array(action)
  .describe('What it does, in this order. An empty list does nothing, and still ends the chain.');

const elseBranch = strict({ when: condition.exactOptional(), then }).describe(
  'Looked at where nothing before it in the chain held; without when it always holds.',
);

/** How the AWS rule looked that a rule was imported from, where Riposte says less than AWS: `export` gives it back. */
export const origin = strict({
  service: z.enum(['v1', 'v2']),
  name: z.string().exactOptional(),
  description: z.string().exactOptional(),
  actions: json.exactOptional(),
}).describe('What import keeps so that export gives back the same rule.');

const ruleEntry = strict({
  name: title.describe('Unique in its pack.'),
  description: z.string().min(1).max(1024).exactOptional(),
  order: z
    .number()
    .min(1)
    .max(1000)
    .exactOptional()
    .describe('1 to 1000, lower first; 500 where absent. Ties by file name, then by place.'),
  enabled: z.boolean().exactOptional(),
  terminal: z
    .boolean()
    .exactOptional()
    .describe('No later rule is evaluated for a finding that this one matches.'),
  expires: dateOrMoment
    .exactOptional()
    .describe('From then on the rule matches nothing: a temporary exception.'),
  when: condition,
  then,
  else: z.array(elseBranch).min(1).exactOptional(),
  origin: origin.exactOptional(),
});

/** `*.rules.yaml` */
export const packFile = strict({
  pack: slug.describe('Unique in the folder; rules are called pack/name.'),
  description: text.exactOptional(),
  evaluate: z
    .enum(['original', 'current'])
    .exactOptional()
    .describe(
      'Whether criteria read the finding as its provider gave it (default), or as it stands.',
    ),
  rules: z.array(ruleEntry).min(1),
}).meta({ title: 'Riposte rule pack', description: 'Rules that say what happens to findings.' });
export type PackFile = z.infer<typeof packFile>;
export type RuleEntry = z.infer<typeof ruleEntry>;

/** `channels.yaml` */
export const channelsFile = strict({
  channels: z.array(channel).min(1),
  inhibitions: z.array(inhibition).exactOptional(),
  timeIntervals: z.array(timeInterval).exactOptional(),
}).meta({ title: 'Riposte channels', description: 'Where findings are told, and when not.' });
export type ChannelsFile = z.infer<typeof channelsFile>;

const owner = text.exactOptional();

export const ownershipEntry = strict({
  accounts: z.array(accountId).min(1).exactOptional(),
  organizationalUnits: z
    .array(
      z
        .string()
        .regex(
          /^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/,
          'an organizational unit is written ou-ab12-cd34ef56',
        ),
    )
    .min(1)
    .exactOptional(),
  resources: z.array(text).min(1).exactOptional().describe('ARN patterns with * and ?.'),
  tags: z.record(text, oneOrMore).exactOptional(),
  owner,
  team: owner,
  businessCriticality: owner,
  dataClassification: owner,
  environment: owner,
}).describe('The first entry that fits a resource counts, field by field.');

/** AWS takes 128 characters: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const keys = z.array(text.max(128)).exactOptional();

export const tagKeys = strict({
  owner: keys,
  team: keys,
  businessCriticality: keys,
  dataClassification: keys,
  environment: keys,
}).describe(
  'Tag keys that a field is read from, first one first; the usual ones where it is left out, none for an empty list.',
);

/** `owners.yaml` */
export const ownersFile = strict({
  ownership: z.array(ownershipEntry),
  tagKeys: tagKeys.exactOptional(),
}).meta({
  title: 'Riposte owners',
  description: 'Who owns what.',
});

const ruleIds = z.array(text);

/** What is known of a case's resources besides the finding. */
export const resourceContext = strict({
  owner,
  team: owner,
  businessCriticality: owner,
  dataClassification: owner,
  environment: owner,
  tags: z.record(text, z.string()).exactOptional(),
  unknown: z.array(text).exactOptional(),
});

export const expectation = strict({
  matches: ruleIds.exactOptional().describe('Rules that match, in this order; others may too.'),
  notMatches: ruleIds.exactOptional(),
  update: z
    .record(text, json)
    .exactOptional()
    .describe('Members of the finding update that all matches make together.'),
  told: z.array(text).exactOptional().describe('All channels that are told or get a ticket.'),
  actions: z
    .array(z.record(text, json))
    .exactOptional()
    .describe('Actions that are done, each with at least these members.'),
});

/** `*.tests.yaml` */
export const testsFile = strict({
  packs: z.array(slug).min(1).exactOptional().describe('Only these packs are evaluated.'),
  enable: ruleIds.exactOptional().describe('Rules that count as enabled: ids, or pack/*.'),
  cases: z
    .array(
      strict({
        name: title,
        finding: z.record(z.string(), json).exactOptional().describe('An ASFF or OCSF document.'),
        file: text.exactOptional().describe('A JSON file with the document, beside this one.'),
        context: resourceContext.exactOptional(),
        now: moment
          .exactOptional()
          .describe('When it is evaluated; when the finding was last updated where absent.'),
        expect: expectation,
      }).refine(({ finding, file }) => (finding === undefined) !== (file === undefined), {
        error: 'a case has either a finding or a file',
      }),
    )
    .min(1),
}).meta({ title: 'Riposte rule tests', description: 'Cases that the rules have to pass.' });
export type TestsFile = z.infer<typeof testsFile>;
