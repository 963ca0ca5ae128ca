import * as z from 'zod';
import { escalation, grouping, json } from './action.ts';
import { address, expressionError, placeholder, slug, strict, text } from './values.ts';

const names = z.array(text).min(1);

const base = {
  name: slug,
  description: text.exactOptional(),
  group: grouping.exactOptional(),
  resolved: z
    .boolean()
    .exactOptional()
    .describe('Whether the end of a finding is told; true where absent.'),
  mute: names.exactOptional().describe('Time intervals in which nothing is sent.'),
  active: names.exactOptional().describe('Time intervals in which alone it is sent.'),
  escalate: z.array(escalation).min(1).exactOptional(),
  maxPerHour: z.int().min(1).exactOptional().describe('What is over becomes one digest.'),
  title: text.exactOptional(),
  body: text.exactOptional(),
};

const secret = text.describe('Name of a secret in Secrets Manager, never its value.');
const fields = z.record(text, json).exactOptional();

const topic = z
  .string()
  .refine(
    (value) =>
      placeholder.test(value) || /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/.test(value),
    {
      error: 'a topic is named by its ARN',
    },
  );

/** A channel, by `type`. */
export const channel = z
  .discriminatedUnion('type', [
    strict({ ...base, type: z.literal('sns'), topic }),
    strict({
      ...base,
      type: z.literal('slack'),
      conversation: text,
      secret,
      apiUrl: address.exactOptional(),
    }),
    strict({ ...base, type: z.literal('teams'), secret }),
    strict({ ...base, type: z.literal('pagerduty'), secret, apiUrl: address.exactOptional() }),
    strict({ ...base, type: z.literal('webhook'), url: address, secret }),
    strict({
      ...base,
      type: z.literal('jira'),
      url: address,
      edition: z.enum(['cloud', 'data-center']),
      project: text,
      issueType: text,
      secret,
      fields,
      transitions: strict({
        resolve: text.exactOptional(),
        reopen: text.exactOptional(),
      }).exactOptional(),
    }),
    strict({ ...base, type: z.literal('servicenow'), url: address, secret, fields }),
  ])
  .meta({ id: 'Channel', description: 'Where people or systems are told.' });

const matcher = strict({
  label: text,
  op: z.enum(['=', '!=', '=~', '!~']),
  value: z.string(),
}).superRefine(({ op, value }, context) => {
  const said = op.endsWith('~') ? expressionError(value) : undefined;
  if (said !== undefined) context.addIssue({ code: 'custom', path: ['value'], message: said });
});

export const inhibition = strict({
  name: slug,
  source: z.array(matcher).min(1),
  target: z.array(matcher).min(1),
  equal: names.describe('Labels that both findings share.'),
}).describe('While a finding that matches source is open, those that match target are not told.');
