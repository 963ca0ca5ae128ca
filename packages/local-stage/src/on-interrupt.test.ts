import { describe, expect, it } from '@jest/globals';
import { onInterrupt } from './on-interrupt.ts';

describe('a clean-up on interruption', () => {
  it('runs when the process is told to end, and leaves the end to others who listen', () => {
    let cleaned = 0;
    const other = () => undefined;
    process.on('SIGHUP', other);
    onInterrupt(() => {
      cleaned += 1;
    });
    process.emit('SIGHUP', 'SIGHUP');
    process.emit('SIGHUP', 'SIGHUP');
    process.removeListener('SIGHUP', other);
    expect(cleaned).toBe(1);
  });

  it('is forgotten when the work was done', () => {
    const before = process.listenerCount('SIGTERM');
    const forget = onInterrupt(() => undefined);
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    forget();
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});
