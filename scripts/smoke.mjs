// Usage: npm run smoke -- --stage STAGE --region REGION
//
// After a deployment: does what was just deployed work? `riposte doctor` says what else an account lacks (a subscription that
// nobody confirmed, an account without forwarder); no deployment mends that and no rollback either, so that it is shown only.
import { spawnSync } from 'node:child_process';
import { deploymentOptions } from './deployment-options.mjs';

const { stage, region } = deploymentOptions('smoke');
const place = ['--stage', stage, '--region', region];
/** Checks of what a deployment itself makes. */
const own = ['stacks', 'exports', 'settings', 'log-retention'];

function run(command, args, options) {
  return spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    ...options,
  });
}

const doctor = run('node', ['packages/cli/src/main.ts', 'doctor', '--json', ...place]);
if (doctor.stdout === '') process.exit(1);
const { checks } = JSON.parse(doctor.stdout);
for (const { check, status, what } of checks) console.log(`${status.padEnd(8)} ${check}: ${what}`);
const broken = checks.filter(({ check, status }) => status !== 'ok' && own.includes(check));

// The one function that does its real work at any time: it runs every few minutes anyway.
const sweep = run(
  'serverless',
  ['invoke', '--function', 'sweep', '--path', 'events/sweep.json', ...place],
  {
    cwd: 'services/cloudtrail-guard',
  },
);
console.log(sweep.stdout.trim());

if (sweep.status !== 0) console.error('the sweep failed');
for (const { check, what } of broken) console.error(`${check}: ${what}`);
process.exit(sweep.status === 0 && broken.length === 0 ? 0 : 1);
