#!/usr/bin/env node
// Usage: node scripts/within.mjs MINUTES COMMAND [ARGUMENT …]
//
// Runs a command of an npm script on Node 24 and ends it, with all that it started, when its time is up.
import { spawn } from 'node:child_process';
import './check-node.mjs';

const [minutes, command, ...args] = process.argv.slice(2);
if (!(Number(minutes) > 0) || command === undefined) {
  console.error('usage: node scripts/within.mjs MINUTES COMMAND [ARGUMENT …]');
  process.exit(2);
}

// At a terminal the command stays in the foreground: it may ask, and Ctrl-C reaches it by itself. Elsewhere it leads a group
// of its own, so that the processes that it starts end with it.
const leadsGroup = !process.stdin.isTTY;
const child = spawn(command, args, { stdio: 'inherit', detached: leadsGroup });

function signal(name) {
  try {
    process.kill(leadsGroup ? -child.pid : child.pid, name);
  } catch (error) {
    // It ended by itself a moment ago.
    if (error.code !== 'ESRCH') throw error;
  }
}

let isLate = false;
const limit = setTimeout(() => {
  isLate = true;
  console.error(`${command} took longer than ${minutes} minutes: ended`);
  signal('SIGTERM');
  setTimeout(signal, 15_000, 'SIGKILL').unref();
}, Number(minutes) * 60_000);

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(name, () => {
    if (leadsGroup || name !== 'SIGINT') signal(name);
  });
}

child.on('error', ({ code }) => {
  clearTimeout(limit);
  console.error(
    code === 'ENOENT' ? `${command} is not there: run \`npm ci\` first` : `${command}: ${code}`,
  );
  process.exitCode = 127;
});
child.on('exit', (code) => {
  clearTimeout(limit);
  process.exitCode = isLate ? 124 : (code ?? 1);
});
