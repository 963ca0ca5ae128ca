import * as z from 'zod';

const text = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  marks: z
    .array(
      z.strictObject({ type: z.literal('link'), attrs: z.strictObject({ href: z.httpUrl() }) }),
    )
    .optional(),
});
const hardBreak = z.strictObject({ type: z.literal('hardBreak') });

/** The part of the Atlassian Document Format that messages consist of. */
export const adf = z.strictObject({
  type: z.literal('doc'),
  version: z.literal(1),
  content: z.array(
    z.strictObject({
      type: z.literal('paragraph'),
      content: z.array(z.discriminatedUnion('type', [text, hardBreak])),
    }),
  ),
});

/** What people read: of a document its texts, line by line; of anything else the text itself. */
export function textOfDocument(body: unknown): string {
  const parsed = adf.safeParse(body);
  if (!parsed.success) return typeof body === 'string' ? body : '';
  return parsed.data.content
    .map(({ content }) => content.map((node) => (node.type === 'text' ? node.text : '\n')).join(''))
    .join('\n');
}
