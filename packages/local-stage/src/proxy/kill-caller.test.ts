import { describe, expect, it } from '@jest/globals';
import { inodeOf, killCaller } from './kill-caller.ts';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:AE2F 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11111 1
   1: 0100007F:0050 0100007F:AE2F 01 00000000:00000000 00:00000000 00000000     0        0 22222 1`;

describe('the caller of a connection', () => {
  it('is found by its local port', () => {
    expect(inodeOf(table, 0x50)).toBe('22222');
    expect(inodeOf(table, 0xae2f)).toBe('11111');
    expect(inodeOf(table, 1)).toBeUndefined();
  });

  it('is told from another one with the same port by whom it calls', () => {
    const twice = `${table}\n   2: 0100007F:0050 0100007F:1F90 01 0 00:0 0 0 0 33333 1`;
    expect(inodeOf(twice, 0x50, 0x1f90)).toBe('33333');
    expect(inodeOf(twice, 0x50, 0xae2f)).toBe('22222');
    expect(inodeOf(twice, 0x50, 1)).toBeUndefined();
  });

  it('is left alone where the stage owns no process group', async () => {
    await expect(killCaller({ port: 80 }, undefined)).resolves.toBeUndefined();
  });

  it('is left alone where nobody of the group has that port', async () => {
    await expect(killCaller({ port: 1 }, 999_999)).resolves.toBeUndefined();
    await expect(killCaller({ port: 1 }, 999_999, 'darwin')).resolves.toBeUndefined();
  });
});
