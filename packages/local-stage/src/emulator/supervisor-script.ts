/**
 * The program of the process that owns the emulator (`node -e`): plain JavaScript for any Node from 20, and text, so that it
 * is there in a bundle too.
 *
 * It lives in a session of its own, where Ctrl-C does not reach it. Its standard input is a pipe whose other end the stage's
 * process holds: when that process ends, however it ends, the pipe closes, the emulator's whole process group (function
 * workers are in it) is killed, and the files are removed. Killed at once, because nothing in it outlives the stage.
 */
export const supervisorScript = `
const { spawn } = require('node:child_process');
const { openSync, readFileSync, rmSync } = require('node:fs');
const { command, args, env, log, remove } = JSON.parse(process.argv[1]);
const out = openSync(log, 'a');
const emulator = spawn(command, args, { env, detached: true, stdio: ['ignore', out, out] });
const say = (message) => { try { process.stdout.write(JSON.stringify(message) + '\\n'); } catch {} };
let ended = false;
const end = () => {
  if (ended) return;
  ended = true;
  try { process.kill(-emulator.pid, 'SIGKILL'); } catch {}
  setTimeout(() => {
    for (const path of remove) {
      try { rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }); } catch {}
    }
    process.exit(0);
  }, 50);
};
process.stdout.on('error', () => {});
emulator.on('error', (error) => { say({ exit: error.message }); end(); });
// Its last words, before they are removed with everything else.
const said = () => { try { return readFileSync(log, 'utf8').slice(-4000); } catch { return ''; } };
emulator.on('exit', (code, signal) => { say({ exit: String(signal || code), log: said() }); end(); });
emulator.on('spawn', () => say({ pid: emulator.pid }));
process.stdin.on('end', end).on('close', end).on('error', end).resume();
process.on('SIGTERM', end).on('SIGINT', end).on('SIGHUP', end);
`;
