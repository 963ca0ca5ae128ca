import { parseFinding } from '@riposte/findings';
import type { Failures, QueueMessage } from '@riposte/lambda';
import type { ResourceContext } from '@riposte/rules';
import * as z from 'zod';
import { carriedDocument, documentOf } from './documents/document-of.ts';
import type { LargeDocuments } from './documents/large-documents.ts';
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
  ...carriedDocument,
  at: text,
});

/** What keeping evidence needs: the bucket, and where large documents lie. */
export interface KeepPorts extends StorePorts {
  readonly documents: Pick<LargeDocuments, 'get'>;
}

/** Keeps the findings of a batch as evidence, listed in one manifest. */
export function keepEvidence(ports: KeepPorts) {
  return async (messages: readonly QueueMessage[]): Promise<Failures> => {
    const failures = new Map<string, unknown>();
    const read = readMessages(messages, failures, ({ id, body }) => {
      return { id, ...readMessage(schema, body) };
    });
    const requests = await Promise.all(read.map((one) => requestOf(one, failures, ports)));
    await storeEvidence(
      requests.filter((request) => request !== undefined),
      ports,
    );
    return failures;
  };
}

type Wish = z.infer<typeof schema> & { readonly id: string };

/** Nothing where the document cannot be had: that message fails alone. */
async function requestOf(
  wish: Wish,
  failures: Map<string, unknown>,
  { documents }: Pick<KeepPorts, 'documents'>,
): Promise<EvidenceRequest | undefined> {
  const { id, rule, ruleSetVersion, frameworks, context, at } = wish;
  try {
    const finding = parseFinding(await documentOf(wish, documents));
    return {
      finding,
      rule,
      ruleSetVersion,
      ...(frameworks && { frameworks }),
      context,
      observedAt: at,
    };
  } catch (error) {
    failures.set(id, error);
    return undefined;
  }
}
