import { counted } from '../format/numbers.ts';
import type { LiveProgress } from './ports.ts';

const length = 24;

/**
 * A bar, as far as it is known how much there is, and what has been read.
 *
 * @example
 * progressText({ findings: 1200, part: 0.5 }); // '████████████░░░░░░░░░░░░  50 %  1,200 findings'
 */
export function progressText({ findings, part }: LiveProgress): string {
  const read = counted(findings, 'finding');
  if (part === undefined) return read;
  const done = Math.round(part * length);
  const percent = `${Math.round(part * 100)} %`.padStart(5);
  return `${'█'.repeat(done)}${'░'.repeat(length - done)} ${percent}  ${read}`;
}
