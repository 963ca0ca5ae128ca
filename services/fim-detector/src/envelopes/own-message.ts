import type { AsffFinding } from '@riposte/findings';
import { type DetectorMessage, parseInventoryKey } from '@riposte/inventory';
import * as z from 'zod';
import { type Asked, nothing } from './asked.ts';
import type { Part } from './part.ts';

const text = z.string().min(1);

/** What telling findings apart takes; everything else Security Hub checks itself. */
const identified = z.looseObject({
  Id: text,
  AwsAccountId: z.string().regex(/^\d{12}$/),
  Region: text,
  ProductArn: text,
  UpdatedAt: text,
});
const finding = z.custom<AsffFinding>((value) => identified.safeParse(value).success);

const shape: z.ZodType<DetectorMessage> = z.discriminatedUnion('riposte', [
  z.object({
    riposte: z.literal('look'),
    bucket: text,
    key: text,
    reason: z.enum(['sweep', 'approval', 'exception-ended', 'packages', 'remind']),
  }),
  z.object({ riposte: z.literal('import'), findings: z.array(finding).min(1) }),
]);

/**
 * A message that Riposte itself has written.
 *
 * @throws MalformedEventError naming the first wrong field.
 */
export function readOwnMessage(message: Part): Asked {
  const { data, error } = shape.safeParse(message.value);
  if (!data) return atPath(message, error.issues[0]?.path ?? []).fail(error);
  if (data.riposte === 'import') return { ...nothing, findings: data.findings };
  const key = parseInventoryKey(data.key);
  return key
    ? { ...nothing, objects: [{ bucket: data.bucket, key }] }
    : message.member('key').fail();
}

function atPath(message: Part, path: readonly PropertyKey[]): Part {
  return path.reduce<Part>((part, name) => part.member(String(name)), message);
}
