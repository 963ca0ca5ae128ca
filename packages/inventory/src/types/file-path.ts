/** How one file is called. */
export interface FilePath {
  /** The same for all ways of writing it: Windows folds case. */
  readonly identity: string;
  readonly name: string;
}

/**
 * Joins a folder and a file's name, exactly as they are written. A path that begins with a drive letter or `\\` is one of Windows, where
 * case does not tell files apart.
 *
 * @example
 * filePath('C:\\', 'Run.exe'); // { identity: 'c:\\run.exe', name: 'C:\\Run.exe' }
 * filePath('/etc', 'passwd'); // { identity: '/etc/passwd', name: '/etc/passwd' }
 */
export function filePath(folder: string, file: string): FilePath {
  const windows = isWindows(folder === '' ? file : folder);
  const separator = windows ? '\\' : '/';
  const isBare = folder === '' || folder.endsWith(separator);
  const name = isBare ? folder + file : folder + separator + file;
  return { identity: windows ? withoutCase(name) : name, name };
}

function isWindows(path: string): boolean {
  return /^(?:[A-Za-z]:|\\\\)/.test(path);
}

/**
 * Folds what Windows folds: single letters that are each other's other case. The Kelvin sign is no `k`: whoever names a file with it has
 * another file.
 */
function withoutCase(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  let folded = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    const lower = letter.toLowerCase();
    folded += lower.toUpperCase() === letter ? lower : letter;
  }
  return folded;
}
