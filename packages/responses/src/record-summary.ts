import {
  cutText,
  type ResponseMessage,
  type ResponseRecord,
  type WholeRecord,
} from '@riposte/findings';

// Together at most 200 KB as JSON, though each character of a text took six bytes.
const maxText = 200;
const maxValueBytes = 2_000;
const maxPlan = 5;
const maxCalls = 10;
const maxBody = 10_000;

/**
 * A record that is too large, shortened to what fits everywhere: every member is there, long texts end in `…`, long values say how long
 * they are, and `whole` says where all of it is. People are told so too.
 */
export function summaryOf(record: ResponseRecord, whole: WholeRecord): ResponseRecord {
  // The resource's ARN is a key: it is as short as the table wants it.
  const { before, after, message, plan, calls, resource, ...rest } = record;
  return {
    ...shortened(rest),
    resource,
    plan: plan.slice(0, maxPlan).map(({ before: was, after: is, ...change }) => ({
      ...shortened(change),
      before: heldOf(was),
      after: heldOf(is),
    })),
    calls: shortened(calls.slice(-maxCalls)),
    before: heldOf(before),
    ...(after !== undefined && { after: heldOf(after) }),
    ...(message !== undefined && { message: messageOf(message, whole) }),
    whole,
  };
}

function shortened<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, held: unknown) =>
    typeof held === 'string' ? cutText(held, maxText) : held,
  );
}

/** A value, or how much of it is left out. */
function heldOf(value: unknown): unknown {
  const bytes = Buffer.byteLength(JSON.stringify(value) ?? '');
  return bytes <= maxValueBytes ? value : { leftOut: `${bytes} bytes` };
}

function messageOf({ subject, body, attributes }: ResponseMessage, whole: WholeRecord) {
  const where = `All of it is in the evidence bucket: ${whole.evidenceKey} (${whole.bytes} bytes, sha256 ${whole.sha256}).`;
  return {
    subject,
    body: `${cutText(body, maxBody)}\n\nThis record is too long for a message. ${where}\n`,
    attributes: shortened(attributes),
  };
}
