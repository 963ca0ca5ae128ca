import { parseInventoryKey } from '@riposte/inventory';
import * as z from 'zod';
import { type Asked, nothing } from './asked.ts';
import type { Part } from './part.ts';

const text = z.string().min(1);

/** Of `DetectorMessage`; findings are read by whoever hands them in. */
const shape = z.discriminatedUnion('riposte', [
  z.object({
    riposte: z.literal('look'),
    bucket: text,
    key: text,
    reason: z.enum(['sweep', 'approval', 'exception-ended', 'packages', 'remind']),
  }),
  z.object({ riposte: z.literal('import'), findings: z.array(z.unknown()).min(1) }),
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
    ? { ...nothing, objects: [{ bucket: data.bucket, key, isAsked: true }] }
    : message.member('key').fail();
}

function atPath(message: Part, path: readonly PropertyKey[]): Part {
  return path.reduce<Part>((part, name) => part.member(String(name)), message);
}
