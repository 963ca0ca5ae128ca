import { escapeText } from '@riposte/findings';
import { columns } from '../format/columns.ts';
import { counted } from '../format/numbers.ts';
import type { VerificationReport } from './verify-evidence.ts';

/** So many problems are shown; the JSON document has all. */
const shown = 100;

/** A verification as people read it. */
export function verificationText(report: VerificationReport): string {
  const { problems, newest, retentionEnded } = report;
  const lines = [
    `Evidence in ${report.bucket} since ${report.since}`,
    `  ${counted(report.manifests, 'manifest')}, ${counted(report.objects, 'object')}, ${counted(report.bytes, 'byte')} read again`,
    ...(newest ? [`  newest manifest: ${newest.sequence}, sha256 ${newest.sha256}`] : []),
    ...(retentionEnded > 0
      ? [`  of ${counted(retentionEnded, 'object')} the time of retention is over`]
      : []),
  ];
  if (problems.length === 0) return [...lines, verdict(report)].join('\n');
  const rows = problems
    .slice(0, shown)
    .map(({ kind, key, said }) => [kind, escapeText(key, 200), escapeText(said, 200)]);
  const rest =
    problems.length > shown ? [`… and ${problems.length - shown} more (--json has all)`] : [];
  return [
    ...lines,
    '',
    columns(['PROBLEM', 'OBJECT', 'WHAT IS WRONG'], rows),
    ...rest,
    '',
    `NOT PROVEN: ${counted(problems.length, 'problem')}.`,
  ].join('\n');
}

function verdict({ objects, manifests }: VerificationReport): string {
  if (manifests === 0) return 'Nothing to verify: there is no evidence since then.';
  return `Proven: ${counted(objects, 'object')} as it was written, locked, and listed in an unbroken chain.`;
}
