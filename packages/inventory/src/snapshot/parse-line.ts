import type { Entry } from '../model/entry.ts';
import type { InventoryType } from '../model/inventory-type.ts';
import { type Identified, identify } from '../types/identify.ts';
import { everyAttribute } from '../types/inventory-types.ts';
import { decodeText } from './decode-text.ts';

/** What a line is; none of both: it says nothing of anything. */
export interface ParsedLine {
  readonly entry?: Entry;
  /** What kept it from being read. */
  readonly problem?: string;
  /** Of a line that could not be read, the thing that it speaks of, where that much can be told. */
  readonly about?: Identified;
  readonly captureTime?: string;
  /** The node that the line names. */
  readonly node?: string;
}

/** What the sync adds to every line. */
const added = new Set(['resourceId', 'captureTime', 'schemaVersion']);

/** Longest line that is read, in bytes: fifty attributes of 4,096 characters, most of them escaped. */
export const longestLine = 1_500_000;

/**
 * Reads a line of an inventory, without its line break.
 *
 * @returns `entry` as it is written, or `problem` in words.
 */
export function parseLine(type: InventoryType, line: Uint8Array): ParsedLine {
  if (line.length > longestLine)
    return unreadable(type, line, `is longer than ${longestLine} bytes`);
  let document: unknown;
  try {
    document = JSON.parse(decodeText(line).replace(/^\ufeff/, ''));
  } catch {
    return unreadable(type, line, 'is no JSON');
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return unreadable(type, line, 'is no JSON object');
  }
  try {
    return entryOf(type, document);
  } catch (error) {
    // Thousands of lists in one another: more than the engine's stack can write down again.
    if (error instanceof RangeError) return unreadable(type, line, 'is nested too deeply');
    throw error;
  }
}

function entryOf(type: InventoryType, document: object): ParsedLine {
  const pairs: [string, string][] = [];
  const said: { captureTime?: string; node?: string } = {};
  for (const [name, value] of Object.entries(document)) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (!added.has(name)) pairs.push([name, text]);
    else if (name === 'captureTime' && text !== '') said.captureTime = text;
    else if (name === 'resourceId' && text !== '') said.node = text;
  }
  if (pairs.length === 0) return said;
  // Defines properties: an attribute called __proto__ is one like others.
  const attributes: Entry['attributes'] = Object.fromEntries(pairs);
  const identified = identify(type, attributes);
  if (!identified) return { ...said, problem: `has no ${type.identity.join(' and no ')}` };
  return { ...said, entry: { ...identified, attributes } };
}

/** How much of a line that is too long is looked at for what it speaks of. */
const lookedAt = 65_536;

function unreadable(type: InventoryType, line: Uint8Array, problem: string): ParsedLine {
  const about = aboutOf(type, decodeText(line.subarray(0, lookedAt)));
  return about ? { problem, about } : { problem };
}

/** The thing that a broken line speaks of: where each attribute that tells it stands there whole. */
function aboutOf(type: InventoryType, text: string): Identified | undefined {
  if (type.identity.includes(everyAttribute)) return undefined;
  const found = new Map<string, string>();
  for (const [, name, value] of text.matchAll(/"([^"\\]{1,64})"\s*:\s*("(?:[^"\\]|\\.)*")/g)) {
    const read = name && value && type.identity.includes(name) ? textOf(value) : undefined;
    if (name && read !== undefined) found.set(name, read);
  }
  const isWhole = type.identity.every((name) => found.has(name));
  return isWhole ? identify(type, Object.fromEntries(found)) : undefined;
}

function textOf(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
