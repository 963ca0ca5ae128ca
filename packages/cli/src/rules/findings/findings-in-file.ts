import { createReadStream } from 'node:fs';
import type { FindingSource } from './finding-source.ts';
import { readingsOf } from './readings-of.ts';
import { splitDocuments } from './split-documents.ts';

/**
 * Findings of a file: JSON lines, a list, answers of GetFindings and GetFindingsV2, events; ASFF and OCSF in any mixture. Read piece by
 * piece, so that a file may be larger than memory.
 *
 * @param file `-` reads `input`.
 */
export function findingsInFile(file: string, input: AsyncIterable<Uint8Array>): FindingSource {
  return {
    name: file === '-' ? 'standard input' : file,
    from: 'file',
    gaps: [],
    async *read() {
      const chunks = file === '-' ? input : createReadStream(file, { highWaterMark: 1 << 20 });
      for await (const documents of splitDocuments(chunks)) yield documents.flatMap(readingsOf);
    },
  };
}
