import { parseFinding } from '@riposte/findings';
import type { Failures, QueueMessage } from '@riposte/lambda';
import type { ResourceContext } from '@riposte/rules';
import * as z from 'zod';
import type { EvidenceRequest } from './evidence/evidence-document.ts';
import { type StorePorts, storeEvidence } from './evidence/store-evidence.ts';
import { readMessage } from './read-message.ts';

const text = z.string();
const isRecord = (value: unknown) => typeof value === 'object' && value !== null;
const schema = z.object({
  kind: z.literal('evidence'),
  rule: text,
  ruleSetVersion: text,
  frameworks: z.array(text).exactOptional(),
  context: z.custom<ResourceContext>(isRecord),
  document: z.custom<Readonly<Record<string, unknown>>>(isRecord),
  at: text,
});

/** Keeps the findings of a batch as evidence, listed in one manifest. */
export function keepEvidence(ports: StorePorts) {
  return async (messages: readonly QueueMessage[]): Promise<Failures> => {
    const failures = new Map<string, unknown>();
    const requests = messages.flatMap(({ id, body }): readonly EvidenceRequest[] => {
      try {
        const { kind: _kind, document, at, ...request } = readMessage(schema, body);
        return [{ ...request, finding: parseFinding(document), observedAt: at }];
      } catch (error) {
        failures.set(id, error);
        return [];
      }
    });
    await storeEvidence(requests, ports);
    return failures;
  };
}
