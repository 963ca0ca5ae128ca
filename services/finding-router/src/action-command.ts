import * as z from 'zod';
import type { NotifiedFinding } from './delivery.ts';
import { carriedDocument, documentOf } from './documents/document-of.ts';
import type { LargeDocuments } from './documents/large-documents.ts';
import type { SystemAction } from './effects.ts';
import { ownObject, readMessage } from './read-message.ts';

/** One action of a rule, on its way. */
export interface ActionCommand {
  readonly id: string;
  /** `pack/name`. */
  readonly rule: string;
  readonly action: SystemAction;
  readonly finding: NotifiedFinding;
  readonly partition: string;
  /** The finding as it was received. */
  readonly document: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly at: string;
}

const text = z.string().min(1);
const oneOrMore = z.union([z.string(), z.array(z.string())]);
const actionSchema: z.ZodType<SystemAction> = z.union([
  z.strictObject({ remediate: z.strictObject({ action: text }) }),
  z.strictObject({ invoke: z.strictObject({ function: text }) }),
  z.strictObject({ queue: z.strictObject({ url: text }) }),
  z.strictObject({ event: z.strictObject({ bus: text, detailType: text.exactOptional() }) }),
  z.strictObject({
    automation: z.strictObject({
      document: text,
      parameters: z.record(text, oneOrMore).exactOptional(),
    }),
  }),
  z.strictObject({ tag: z.strictObject({ tags: z.record(text, z.string()) }) }),
]);
const commandSchema = z.object({
  kind: z.literal('action'),
  id: text,
  rule: text,
  action: actionSchema,
  finding: ownObject<NotifiedFinding>(),
  partition: text,
  ...carriedDocument,
  at: text,
});

/**
 * Reads a command from the body of its message, and the document from where it lies.
 *
 * @throws UnreadableMessageError naming the first wrong field.
 */
export async function readCommand(
  body: unknown,
  documents: Pick<LargeDocuments, 'get'>,
): Promise<ActionCommand> {
  const message = readMessage(commandSchema, body);
  const { kind: _kind, documentAt: _elsewhere, ...command } = message;
  return { ...command, document: await documentOf(message, documents) };
}
