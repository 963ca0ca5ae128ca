import { formatInventoryKey } from '@riposte/inventory';
import type { ComparisonRecord, ComparisonRecords } from './ports.ts';
import { type Evidence, sha256, writeOnce } from './s3-write-once.ts';

/** `ComparisonRecords` in the evidence bucket, by day. */
export function s3ComparisonRecords(evidence: Evidence): ComparisonRecords {
  return {
    async keep(records) {
      const newest = records.map(({ at }) => at).reduce((a, b) => (a > b ? a : b), '');
      if (newest === '') return;
      const text = records.map((record) => `${JSON.stringify(line(record))}\n`).join('');
      const day = newest.slice(0, 10).replaceAll('-', '/');
      await writeOnce(evidence, { key: `fim/comparisons/${day}/${sha256(text)}.ndjson`, text });
    },
  };
}

/** The object as S3 names it: whoever reads it has S3 at hand. */
function line({ object, ...record }: ComparisonRecord) {
  return { bucket: object.bucket, key: formatInventoryKey(object.key), ...record };
}
