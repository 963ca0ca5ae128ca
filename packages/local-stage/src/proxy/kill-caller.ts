import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A connection as the caller sees it: its own port, and the one that it called. */
export interface Connection {
  readonly port: number;
  readonly peer?: number | undefined;
}

/**
 * Kills the function worker that holds the other end of a connection, as if its machine had died in the middle of a call.
 *
 * Only processes of the emulator's own process group are ever killed. The process is found by its local port: on Linux from
 * `/proc/net/tcp` (port to socket) and `/proc/PID/fd` (socket to process), elsewhere by `lsof`.
 *
 * @returns The process id, where there was one to kill.
 */
export async function killCaller(
  { port, peer }: Connection,
  processGroup: number | undefined,
  platform: string = process.platform,
): Promise<number | undefined> {
  if (processGroup === undefined) return undefined;
  const pid =
    platform === 'linux'
      ? await linuxOwner({ port, peer }, processGroup)
      : await lsofOwner(port, processGroup);
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  return pid;
}

async function linuxOwner(
  { port, peer }: Connection,
  processGroup: number,
): Promise<number | undefined> {
  const inode = inodeOf(await readFile('/proc/net/tcp', 'utf8'), port, peer);
  if (inode === undefined) return undefined;
  for (const pid of await membersOf(processGroup)) {
    if (await holds(pid, inode)) return pid;
  }
  return undefined;
}

/**
 * The inode of the socket whose local port this is. Two connections may share one, to different peers: where the peer's port is known, it decides.
 *
 * @see https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt
 */
export function inodeOf(table: string, port: number, peer?: number): string | undefined {
  const isLocal = endsWith(port);
  const isPeer = peer === undefined ? () => true : endsWith(peer);
  const row = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, local = '', remote = '']) => isLocal(local) && isPeer(remote));
  return row?.[9];
}

function endsWith(port: number): (address: string) => boolean {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return (address) => address.endsWith(`:${hex}`);
}

/** Processes of a group: the fifth field of `/proc/PID/stat`, counted after the command's closing bracket. */
async function membersOf(processGroup: number): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const groups = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
    }),
  );
  return pids.flatMap((pid, index) => (groups[index] === processGroup ? [Number(pid)] : []));
}

async function holds(pid: number, inode: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const files = await readdir(folder).catch(() => []);
  const links = await Promise.all(
    files.map((file) => readlink(`${folder}/${file}`).catch(() => '')),
  );
  return links.includes(`socket:[${inode}]`);
}

const execute = promisify(execFile);

async function lsofOwner(port: number, processGroup: number): Promise<number | undefined> {
  const { stdout } = await execute('lsof', [
    '-nP',
    `-g${processGroup}`,
    '-a',
    `-iTCP:${port}`,
    '-Fp',
  ]).catch(() => ({ stdout: '' }));
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  return pid === undefined ? undefined : Number(pid);
}
