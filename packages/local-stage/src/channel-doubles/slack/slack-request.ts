import * as z from 'zod';

const text = z.looseObject({
  type: z.enum(['mrkdwn', 'plain_text']),
  text: z.string().min(1).max(3000),
});
const block = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('section'), text }),
  z.looseObject({ type: z.literal('header'), text: text.extend({ text: z.string().max(150) }) }),
  z.looseObject({ type: z.literal('context'), elements: z.array(text).min(1).max(10) }),
  z.looseObject({ type: z.literal('divider') }),
  z.looseObject({
    type: z.literal('actions'),
    elements: z
      .array(
        z.looseObject({
          type: z.literal('button'),
          action_id: z.string().max(255),
          text: text.extend({ text: z.string().max(75) }),
          value: z.string().max(2000).optional(),
        }),
      )
      .min(1)
      .max(25),
  }),
]);

/** The part of Block Kit that messages consist of, with its limits. */
export const blocksSchema = z.array(block).max(50);

/** Arguments of `chat.postMessage` and `chat.update`, before blocks are looked at. */
export const argumentsSchema = z.looseObject({
  channel: z.string().default(''),
  ts: z.string().optional(),
  thread_ts: z.string().optional(),
  text: z.string().default(''),
  blocks: z.array(z.unknown()).default([]),
  reply_broadcast: z.boolean().default(false),
  client_msg_id: z.string().optional(),
  metadata: z
    .looseObject({
      event_type: z.string(),
      event_payload: z.looseObject({ id: z.string().optional() }),
    })
    .optional(),
});

export type SlackArguments = z.infer<typeof argumentsSchema>;
