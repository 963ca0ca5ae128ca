import * as z from 'zod';
import { address, duration, oneKeyOf, oneOrMore, placeholder, strict, text } from './values.ts';

const score = z.int().min(0).max(100);
const names = z.array(text).min(1);
const template = text.describe('Liquid template, e.g. {{ finding.title }}');

const changeKind = z.enum([
  'severity',
  'workflow',
  'recordState',
  'compliance',
  'resources',
  'title',
  'owner',
  'risk',
]);

export const severityLabel = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL']);
export const workflowStatus = z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']);
export const verificationState = z.enum([
  'UNKNOWN',
  'TRUE_POSITIVE',
  'FALSE_POSITIVE',
  'BENIGN_POSITIVE',
]);

/** Limits of BatchUpdateFindings and of automation rules. */
export const findingUpdate = strict({
  severity: severityLabel.exactOptional(),
  workflow: workflowStatus.exactOptional(),
  note: template.max(512).exactOptional(),
  confidence: score.exactOptional(),
  criticality: score.exactOptional(),
  verificationState: verificationState.exactOptional(),
  types: z
    .array(
      z.string().regex(/^[^/]+(\/[^/]+){0,2}$/, 'a type is written namespace/category/classifier'),
    )
    .min(1)
    .max(50)
    .exactOptional(),
  userDefinedFields: z
    .record(text.max(128), z.string().max(1024))
    .refine((fields) => Object.keys(fields).length <= 50, { error: 'at most 50 fields' })
    .exactOptional(),
  relatedFindings: z
    .array(strict({ ProductArn: text, Id: text }))
    .min(1)
    .max(10)
    .exactOptional(),
})
  .refine((update) => Object.keys(update).length > 0, { error: 'an update changes something' })
  .describe('Changes the finding in Security Hub.');

export const grouping = strict({
  by: z
    .array(text)
    .describe(
      'Labels: account, region, control, resource, resourceType, owner, team, severity, product, rule, type, or a dotted path.',
    ),
  wait: duration,
  interval: duration,
  repeat: duration.exactOptional(),
}).describe('How messages are put together.');

export const escalation = strict({ after: duration, channel: text });

export const notify = strict({
  channel: text.describe('A channel of channels.yaml.'),
  group: grouping.exactOptional(),
  resolved: z.boolean().exactOptional().describe('Whether the end of a finding is told too.'),
  on: z.array(changeKind).min(1).exactOptional().describe('What makes it worth telling again.'),
  mute: names.exactOptional().describe('Time intervals in which nothing is sent.'),
  active: names.exactOptional().describe('Time intervals in which alone it is sent.'),
  escalate: z.array(escalation).min(1).exactOptional(),
  title: template.exactOptional(),
  body: template.exactOptional(),
}).describe('Tells people on a channel.');

/** JSON of any shape: what a ticket system takes as its own. */
export const json: z.ZodType<unknown> = z.json().meta({ id: 'Json' });

export const ticket = strict({
  channel: text.describe('A jira or servicenow channel of channels.yaml.'),
  by: z
    .array(text)
    .min(1)
    .exactOptional()
    .describe('Labels that findings share to share a ticket.'),
  on: z.array(changeKind).min(1).exactOptional(),
  title: template.exactOptional(),
  body: template.exactOptional(),
  fields: z.record(text, json).exactOptional().describe('Fields of the ticket system.'),
}).describe('Keeps one ticket a finding, or one for each group.');

export const enrich = strict({
  with: z.array(z.enum(['owner', 'history', 'cve', 'risk'])).min(1),
  setSeverity: z.boolean().exactOptional().describe('Lets the risk score set the severity.'),
}).describe('Adds what is known of the resource, its history and its vulnerability.');

const tagKey = text.max(128).refine((key) => !key.toLowerCase().startsWith('aws:'), {
  error: 'tags that start with aws: are AWS’s own',
});

const busName = z
  .string()
  .refine((bus) => placeholder.test(bus) || /^(arn:|[\w./-]{1,256}$)/.test(bus), {
    error: 'a bus is named by its name or its ARN',
  });

const one = oneKeyOf([
  'update',
  'suppress',
  'notify',
  'ticket',
  'enrich',
  'evidence',
  'remediate',
  'invoke',
  'queue',
  'event',
  'automation',
  'tag',
]);

/** What `then` holds: a list of these, one key each. */
export const action = z
  .union([
    one({ update: findingUpdate }),
    one({
      suppress: strict({ reason: text.max(400), control: text.exactOptional() }).describe(
        'Workflow SUPPRESSED, with a note that names the control that compensates.',
      ),
    }),
    one({ notify }),
    one({ ticket }),
    one({ enrich }),
    one({
      evidence: strict({ frameworks: names.exactOptional() }).describe(
        'Stores the finding as evidence.',
      ),
    }),
    one({
      remediate: strict({ action: text }).describe('Asks custom-action-handler for a remediation.'),
    }),
    one({ invoke: strict({ function: text }).describe('Invokes a Lambda function.') }),
    one({ queue: strict({ url: address }).describe('Sends the finding to an SQS queue.') }),
    one({
      event: strict({ bus: busName, detailType: text.max(128).exactOptional() }).describe(
        'Publishes the finding on an event bus.',
      ),
    }),
    one({
      automation: strict({
        document: text,
        parameters: z.record(text, oneOrMore).exactOptional(),
      }).describe('Starts a Systems Manager Automation document.'),
    }),
    one({
      tag: strict({
        tags: z
          .record(tagKey, z.string().max(256))
          .refine((tags) => Object.keys(tags).length > 0, { error: 'no tag is named' }),
      }).describe('Adds tags to the resources.'),
    }),
  ])
  .meta({ id: 'Action', description: 'What the rule does: one of these keys.' });
