import type { MessageAttributeValue, SQSClient } from '@aws-sdk/client-sqs';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { type AsffFinding, escapeText } from '@riposte/findings';
import type { DetectorMessage } from '@riposte/inventory';
import { RefusedQueueError } from '../errors.ts';
import type { RefusedFindings } from './import-findings.ts';

/** A message holds 1 MiB with its attributes. */
const mostBytes = 900_000;
const mostFindings = 100;

/** Characters that JSON allows and SQS refuses. */
const refused = /[\ufffe\uffff]/g;

/**
 * `RefusedFindings` in the dead-letter queue, whole, as messages that hand them in again when they are moved back; why they were refused stands in the
 * attributes `code` and `reason`.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function refusedQueue(queue: SQSClient, QueueUrl: string): RefusedFindings {
  return {
    async keep(findings, { code, reason }) {
      const attributes = {
        code: textAttribute(code),
        reason: textAttribute(reason),
        count: { DataType: 'Number', StringValue: String(findings.length) },
      };
      for (const some of parts(findings)) {
        const message: DetectorMessage = { riposte: 'import', findings: some };
        try {
          await queue.send(
            new SendMessageCommand({
              QueueUrl,
              MessageBody: JSON.stringify(message).replace(refused, asEscape),
              MessageAttributes: attributes,
            }),
          );
        } catch (cause) {
          throw new RefusedQueueError(cause instanceof Error ? cause.name : 'unknown', { cause });
        }
      }
    },
  };
}

function asEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16)}`;
}

/** Never empty: SQS takes no empty attributes. */
function textAttribute(text: string): MessageAttributeValue {
  const shown = escapeText(text.replace(refused, '?'), 1_000);
  return { DataType: 'String', StringValue: shown === '' ? 'none' : shown };
}

function parts(findings: readonly AsffFinding[]): readonly AsffFinding[][] {
  const all: AsffFinding[][] = [];
  let bytes = 0;
  for (const finding of findings) {
    const size = Buffer.byteLength(JSON.stringify(finding)) + 1;
    const last = all.at(-1);
    if (last && last.length < mostFindings && bytes + size <= mostBytes) {
      last.push(finding);
      bytes += size;
    } else {
      all.push([finding]);
      bytes = size;
    }
  }
  return all;
}
