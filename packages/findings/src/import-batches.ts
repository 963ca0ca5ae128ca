import { asffLimits } from './asff-limits.ts';

/**
 * Splits findings into calls of BatchImportFindings: at most 100 findings and 6 MB each, in their order.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/partnerguide/guidelines-batchimportfindings.html
 * @example
 * for (const Findings of importBatches(findings)) await client.send(new BatchImportFindingsCommand({ Findings }));
 */
export function importBatches<T>(findings: readonly T[]): readonly T[][] {
  const batches: T[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const finding of findings) {
    const size = Buffer.byteLength(JSON.stringify(finding)) + 1;
    const last = batches.at(-1);
    if (last && last.length < asffLimits.batchFindings && bytes + size <= asffLimits.batchBytes) {
      last.push(finding);
      bytes += size;
    } else {
      batches.push([finding]);
      bytes = size;
    }
  }
  return batches;
}
