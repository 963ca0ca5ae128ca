import { FeedDownloadError } from './errors.ts';
import type { FeedDownload } from './ports.ts';

const timeoutMs = 60_000;

/**
 * Downloads over HTTPS, conditionally where an earlier answer named its version, and never more than it is told.
 *
 * @param fetcher `fetch`, or what stands for it.
 */
export function httpDownload(fetcher: typeof fetch): FeedDownload {
  return async ({ url, etag, lastModified, maxBytes }) => {
    const response = await answerOf(fetcher, url, {
      'user-agent': 'riposte-refresh-feeds',
      ...(etag !== undefined && { 'if-none-match': etag }),
      ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
    });
    if (response.status === 304) return { unchanged: true };
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw new FeedDownloadError(`the server answered ${response.status}`);
    }
    const body = await read(response.body, maxBytes);
    const tag = response.headers.get('etag');
    const modified = response.headers.get('last-modified');
    return {
      unchanged: false,
      body,
      ...(tag !== null && { etag: tag }),
      ...(modified !== null && { lastModified: modified }),
    };
  };
}

async function answerOf(
  fetcher: typeof fetch,
  url: string,
  headers: Record<string, string>,
): Promise<Response> {
  try {
    return await fetcher(url, { headers, signal: AbortSignal.timeout(timeoutMs) });
  } catch (cause) {
    throw new FeedDownloadError('the server did not answer', { cause });
  }
}

async function read(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.byteLength;
    // Leaving the loop cancels the stream.
    if (size > maxBytes) throw new FeedDownloadError(`the answer is longer than ${maxBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
