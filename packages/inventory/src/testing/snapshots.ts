import type { ByteSource } from '../model/snapshot.ts';

/** A source of bytes that come in pieces of a length; it uses the same memory again for each. */
export function sourceOf(bytes: Buffer, pieces = 65_536): ByteSource {
  return {
    async *open() {
      const memory = Buffer.alloc(pieces);
      for (let at = 0; at < bytes.length; at += pieces) {
        const length = bytes.copy(memory, 0, at, at + pieces);
        yield memory.subarray(0, length);
        memory.fill('x');
      }
    },
  };
}

/** A line as the sync writes it. */
export function fileLine(
  attributes: Readonly<Record<string, unknown>>,
  captureTime = '2026-11-24T14:00:05Z',
): string {
  return JSON.stringify({
    ...{ Name: 'a', Size: '1', Description: '', FileVersion: '', InstalledDate: '' },
    ...{ ModificationTime: '2026-11-01T10:00:00Z', LastAccessTime: '', ProductName: '' },
    ...{ InstalledDir: '/etc', ProductLanguage: '', CompanyName: '', ProductVersion: '' },
    ...attributes,
    ...{ resourceId: 'i-0123456789abcdef0', captureTime, schemaVersion: '1.0' },
  });
}
