import type { NameKind } from './compile-glob.ts';

/** Their names are paths, of Windows where they begin with a drive letter or `\\`. */
const withPaths = /^(AWS:File$|Custom:)/;

/** How the names of a type are read. */
export function nameKindOf(type: string, name: string): Exclude<NameKind, 'exact'> {
  if (type === 'AWS:WindowsRegistry') return 'windows';
  if (!withPaths.test(type)) return 'text';
  return /^(?:[A-Za-z]:|\\\\)/.test(name) ? 'windows' : 'linux';
}
