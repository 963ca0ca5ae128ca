/** One document for machines. */
export function jsonDocument(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
