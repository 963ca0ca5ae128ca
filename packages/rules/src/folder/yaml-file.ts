import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
} from 'yaml';
import { type DocumentPath, type Problem, pathText } from './problem.ts';

/** Aliases may stand for so many nodes in all: a few shared lists, no bomb. */
const maxAliasCount = 100;
/** Deeper than any rule; what is deeper would only exhaust the stack. */
const maxDepth = 60;

/** Which part of a member its problem is about. */
export type Side = 'key' | 'value';

/** A file of YAML, read: what it says, and where it says it. */
export interface YamlFile {
  readonly file: string;
  /** Undefined where it could not be read. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** A problem at a path of the document; where the path leads nowhere, at the deepest node on the way. */
  readonly problemAt: (
    path: DocumentPath,
    message: string,
    more?: {
      readonly side?: Side;
      readonly suggestion?: string | undefined;
      readonly severity?: Problem['severity'];
    },
  ) => Problem;
}

/**
 * Reads a file of YAML 1.2. Whatever is wrong with it is a problem with line and column; nothing is thrown. Keys are texts; tabs that indent,
 * keys given twice, several documents and aliases that explode are errors.
 */
export function readYaml(file: string, text: string): YamlFile {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    stringKeys: true,
    prettyErrors: false,
  });
  const at = (offset: number, message: string): Problem => {
    const { line, col } = counter.linePos(offset);
    const place = { line: Math.max(line, 1), column: Math.max(col, 1) };
    return { severity: 'error', file, ...place, path: '', message };
  };
  const problemAt: YamlFile['problemAt'] = (path, message, more = {}) => ({
    ...at(offsetOf(document, path, more.side ?? 'value'), message),
    severity: more.severity ?? 'error',
    path: pathText(path),
    ...(more.suggestion === undefined ? {} : { suggestion: more.suggestion }),
  });
  const wrong = [...document.errors, ...document.warnings].map((error) =>
    at(error.pos[0], sentence(error.message)),
  );
  if (wrong.length > 0) return { file, value: undefined, problems: wrong, problemAt };
  const { value, message } = plainValue(document);
  const problems = message === undefined ? [] : [at(0, message)];
  return { file, value, problems, problemAt };
}

function plainValue(document: Document): { readonly value?: unknown; readonly message?: string } {
  try {
    const value: unknown = document.toJS({ maxAliasCount });
    if (value === null) return { message: 'the file is empty' };
    return isDeeperThan(value, maxDepth)
      ? { message: `values are nested more than ${maxDepth} deep` }
      : { value };
  } catch (error) {
    // Unresolved and exploding aliases, and values that refer to themselves.
    return { message: error instanceof Error ? sentence(error.message) : 'cannot be read' };
  }
}

/** Level by level, without recursion: the depth is what is in doubt. */
function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? Object.values(item) : [],
    );
  }
  return false;
}

function sentence(message: string): string {
  const start = message.slice(0, 2);
  return /^[A-Z][a-z ]$/.test(start) ? message[0]?.toLowerCase() + message.slice(1) : message;
}

function offsetOf(document: Document, path: DocumentPath, side: Side): number {
  let node: unknown = document.contents;
  let offset = rangeOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    const next = childOf(isAlias(node) ? node.resolve(document) : node, step);
    if (next === undefined) return offset;
    const keyOffset = rangeOf(next.key);
    if (last && side === 'key' && keyOffset !== undefined) return keyOffset;
    offset = rangeOf(next.value) ?? keyOffset ?? offset;
    node = next.value;
  }
  return offset;
}

function childOf(
  node: unknown,
  step: string | number,
): { readonly key?: unknown; readonly value: unknown } | undefined {
  if (isMap(node))
    return node.items.find(({ key }) => (isScalar(key) ? key.value : key) === String(step));
  if (isSeq(node) && typeof step === 'number' && step < node.items.length)
    return { value: node.items[step] };
  return undefined;
}

function rangeOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
