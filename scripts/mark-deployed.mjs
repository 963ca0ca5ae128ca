// Usage: npm run mark-deployed -- --stage STAGE
//
// Moves the tag deployed/STAGE to the commit checked out here: what a failed deployment goes back to.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { stage } = parseArgs({ options: { stage: { type: 'string' } } }).values;
if (!stage || !/^[a-z][a-z0-9-]*$/.test(stage)) {
  console.error('usage: npm run mark-deployed -- --stage STAGE');
  process.exit(2);
}

const tag = `refs/tags/deployed/${stage}`;
for (const args of [
  ['update-ref', tag, 'HEAD'],
  ['push', '--force', 'origin', tag],
]) {
  const { status } = spawnSync('git', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(1);
}
