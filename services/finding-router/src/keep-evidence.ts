import { parseFinding } from '@riposte/findings';
import type { Failures, QueueMessage } from '@riposte/lambda';
import type { ResourceContext } from '@riposte/rules';
import * as z from 'zod';
import type { EvidenceRequest } from './evidence/evidence-document.ts';
import { type StorePorts, storeEvidence } from './evidence/store-evidence.ts';
import { ownObject, readMessage, readMessages } from './read-message.ts';

const text = z.string();
const schema = z.object({
  kind: z.literal('evidence'),
  rule: text,
  ruleSetVersion: text,
  frameworks: z.array(text).exactOptional(),
  context: ownObject<ResourceContext>(),
  document: ownObject<Readonly<Record<string, unknown>>>(),
  at: text,
});

/** Keeps the findings of a batch as evidence, listed in one manifest. */
export function keepEvidence(ports: StorePorts) {
  return async (messages: readonly QueueMessage[]): Promise<Failures> => {
    const failures = new Map<string, unknown>();
    const requests = readMessages(messages, failures, ({ body }): EvidenceRequest => {
      const { kind: _kind, document, at, ...request } = readMessage(schema, body);
      return { ...request, finding: parseFinding(document), observedAt: at };
    });
    await storeEvidence(requests, ports);
    return failures;
  };
}
