import { InvalidPatternError } from '../errors.ts';
import type { Approval } from '../model/approval.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import { askedName, compileNames } from '../rules/compile-names.ts';

/**
 * Whether an approval names a thing: it names none, and so all of them, or one of its names is the thing's own or a glob that fits it. In
 * which version the thing changed last is another question.
 *
 * @example
 * approvalCovers({ ...approval, names: ['/etc/ssh/*'] }, entry); // true for /etc/ssh/sshd_config
 */
export function approvalCovers(
  { names, type }: Pick<Approval, 'names' | 'type'>,
  { name }: Pick<LedgerEntry, 'name'>,
): boolean {
  return names === undefined || names.some((glob) => glob === name || fits(glob, name, type));
}

function fits(glob: string, name: string, type: string): boolean {
  try {
    return compileNames([{ glob }])(askedName(type, name));
  } catch (error) {
    // A name that is no glob, such as `[a`, is the name of one thing only.
    if (error instanceof InvalidPatternError) return false;
    throw error;
  }
}
