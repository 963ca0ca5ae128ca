import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ListObjectVersionsCommand } from '@aws-sdk/client-s3';

/**
 * Reads in which order S3 has named the versions of an answer. It names delete markers between the other versions, newest first; the SDK sorts
 * them into two lists, and times do not tell the order: they are whole seconds, and a multipart upload has the time of its beginning.
 *
 * @returns the ids in S3's order, once the command was sent.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
 */
export function orderOfVersions(command: ListObjectVersionsCommand): () => readonly string[] {
  let ids: readonly string[] = [];
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (hasBody(response)) {
        const bytes = await buffer(response.body);
        ids = idsIn(bytes.toString('utf8'));
        response.body = Readable.from([bytes]);
      }
      return result;
    },
    // Nearer to the connection than what parses the answer.
    { step: 'deserialize', priority: 'low', name: 'orderOfVersions' },
  );
  return () => ids;
}

function hasBody(response: unknown): response is { body: Readable } {
  return (
    typeof response === 'object' &&
    response !== null &&
    'body' in response &&
    response.body instanceof Readable
  );
}

function idsIn(xml: string): readonly string[] {
  return [...xml.matchAll(/<VersionId>([^<]*)<\/VersionId>/g)].map(([, id = '']) => id);
}
