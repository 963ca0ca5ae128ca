import type { AsffFinding } from '@riposte/findings';
import * as z from 'zod';
import { UnreadableFindingsError } from '../errors.ts';

const text = z.string().min(1);

/** As far as handing in reads it: Security Hub checks the rest. */
const findingsSchema = z.array(
  z.looseObject({
    Id: text,
    ProductArn: text.regex(/^arn:[^:]+:securityhub:[^:]*:\d{12}:product\/\d{12}\/default$/),
    AwsAccountId: text.regex(/^\d{12}$/),
    Region: text.regex(/^[a-z0-9-]{3,16}$/),
    UpdatedAt: text,
    Title: text,
    Description: text,
    Types: z.array(text),
    Resources: z.array(z.looseObject({ Type: text, Id: text })).min(1),
    FindingProviderFields: z.looseObject({}),
    ProductFields: z.record(z.string(), z.string()).optional(),
  }),
);

/**
 * Hands in what came back from the dead-letter queue: findings that Security Hub had refused. Those that it took meanwhile change nothing,
 * older news of a finding is not taken for newer.
 *
 * @throws UnreadableFindingsError for what carries no findings; what handing in throws.
 */
export function importAgain(handIn: (findings: readonly AsffFinding[]) => Promise<void>) {
  return async (findings: unknown): Promise<void> => {
    assertFindings(findings);
    await handIn(findings);
  };
}

function assertFindings(value: unknown): asserts value is readonly AsffFinding[] {
  const read = findingsSchema.safeParse(value);
  if (read.success) return;
  const path = ['findings', ...(read.error.issues[0]?.path ?? [])].map(String).join('.');
  throw new UnreadableFindingsError(path, { cause: read.error });
}
