import * as z from 'zod';
import type { DoubleAnswer, DoubleRequest, HttpDouble } from '../http-double.ts';
import { parseJson } from '../parse-json.ts';
import { repeats } from '../repeats.ts';
import { type DoubleOptions, startDouble } from '../start-double.ts';

export interface TeamsDoubleOptions extends DoubleOptions {
  /** `sig` of the workflow's URL. */
  readonly signature?: string;
  /** Whether the workflow is switched on; true where absent. */
  readonly enabled?: boolean;
}

/** A card as the channel shows it. */
export interface TeamsCard {
  /** `id` of the last element of the card: the sender's own id of the message. */
  readonly id?: string;
  /** The text of its blocks, line by line. */
  readonly text: string;
  readonly card: unknown;
}

export interface TeamsDouble extends HttpDouble {
  /** What Teams would call the workflow's URL: a secret. */
  readonly webhookUrl: string;
  cards(): readonly TeamsCard[];
  /** How many cards stand there once more with an id that stood there before. */
  duplicates(): number;
}

const element = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  text: z.string().optional(),
});
const envelope = z.looseObject({
  type: z.literal('message'),
  attachments: z
    .array(
      z.looseObject({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        content: z.looseObject({
          type: z.literal('AdaptiveCard'),
          version: z.string().regex(/^1\.[0-5]$/),
          body: z.array(element).min(1),
          actions: z
            .array(
              z.looseObject({ type: z.string(), title: z.string(), url: z.httpUrl().optional() }),
            )
            .max(6)
            .optional(),
        }),
      }),
    )
    .length(1),
});

const path = '/workflows/0123456789abcdef/triggers/manual/paths/invoke';
const mostBytes = 28 * 1024;

/**
 * Plays the webhook of a Teams workflow: it takes an envelope with one Adaptive Card of at most 28 KB, and answers 202 without a body. A real
 * workflow takes a larger card too, and fails afterwards, which nobody hears of; here it is refused at once.
 *
 * @see https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 */
export async function startTeamsDouble(options: TeamsDoubleOptions = {}): Promise<TeamsDouble> {
  const cards: TeamsCard[] = [];
  const signature = options.signature ?? 'x'.repeat(43);
  const double = await startDouble((request) => {
    const problem = problemOf(request, { ...options, signature });
    if (problem) return problem;
    const read = envelope.safeParse(parseJson(request.body));
    const content = read.data?.attachments[0]?.content;
    if (!content) {
      return failed(400, 'TriggerInputSchemaMismatch', 'The input body does not match the schema.');
    }
    const id = content.body.at(-1)?.id;
    const text = content.body.map((block) => block.text ?? '').join('\n');
    cards.push({ ...(id !== undefined && { id }), text, card: content });
    return { status: 202, body: '' };
  }, options);
  return {
    ...double,
    webhookUrl: `${double.url}${path}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${signature}`,
    cards: () => cards,
    duplicates: () => repeats(cards.map(({ id }) => id)),
  };
}

function problemOf(
  request: DoubleRequest,
  { signature, enabled = true }: TeamsDoubleOptions,
): DoubleAnswer | undefined {
  if (request.path !== path) return failed(404, 'WorkflowNotFound', 'The workflow was not found.');
  if (request.query.get('sig') !== signature) {
    return failed(401, 'DirectApiAuthorizationRequired', 'The signature is not valid.');
  }
  if (!enabled) return failed(400, 'WorkflowTriggerIsNotEnabled', 'The workflow is switched off.');
  const tooLarge = Buffer.byteLength(request.body) > mostBytes;
  return tooLarge ? failed(413, 'RequestEntityTooLarge', 'Request Entity too large') : undefined;
}

function failed(status: number, code: string, message: string): DoubleAnswer {
  return { status, body: { error: { code, message } } };
}
