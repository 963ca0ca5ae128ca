import { asffLimits } from './asff-limits.ts';
import { cutText } from './escape-text.ts';

/** A note as it stands, and who wrote it. */
interface HeldNote {
  readonly text?: string | undefined;
  readonly updatedBy?: string | undefined;
}

const longest = asffLimits.noteText;
const separator = '\n--- Riposte: ';

/**
 * A finding has one note: an analyst's own text stays in front of what Riposte has to say, and an earlier word of Riposte is replaced. What is too
 * long is cut from the analyst's text.
 *
 * @param own at most some 400 characters, escaped.
 * @example
 * appendNote({ text: 'call Ana first' }, 'raised'); // 'call Ana first\n--- Riposte: raised'
 */
export function appendNote({ text = '', updatedBy }: HeldNote, own: string): string {
  const [kept = '', ...more] = text.split(separator);
  const isOwn = kept.startsWith('Riposte: ') || (updatedBy === 'riposte' && more.length === 0);
  if (isOwn || kept.trim() === '') return cutText(`Riposte: ${own}`, longest);
  return `${cutText(kept, longest - separator.length - own.length)}${separator}${own}`;
}
