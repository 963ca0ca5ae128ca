import { ChannelDownError, DeliveryRefusedError } from '../errors.ts';
import { failureInWords } from './failure-in-words.ts';

/** No receiver has more to say about one message. */
const mostBytes = 1_000_000;

/**
 * The text of an answer, of at most 1 MB after decompression.
 *
 * @throws {DeliveryRefusedError} for a longer one: what answers there is not the receiver.
 * @throws {ChannelDownError} when the connection breaks, or time is up.
 */
export async function readLimited(channel: string, answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.byteLength;
      // Leaving the loop cancels the rest of the stream.
      if (bytes > mostBytes) break;
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    throw new ChannelDownError(channel, failureInWords(error));
  }
  if (bytes > mostBytes) throw new DeliveryRefusedError(channel, 'url', 'answers more than 1 MB');
  return text + decoder.decode();
}
