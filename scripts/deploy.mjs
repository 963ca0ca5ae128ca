// Usage: npm run deploy -- --stage STAGE --region REGION [--param NAME=VALUE …]
//
// Deploys every service in the order of serverless-compose.yml. Compose itself takes neither --region nor --param. The
// framework compares what it packaged with what is deployed, and skips a service that did not change. A parameter that is not
// named falls back to its default: keep an account's in RIPOSTE_PARAMS ("NAME=VALUE NAME=VALUE").
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { deploymentOptions } from './deployment-options.mjs';

const { args } = deploymentOptions('deploy');
const kept = (process.env.RIPOSTE_PARAMS ?? '').split(/\s+/).filter(Boolean);
const params = kept.flatMap((pair) => ['--param', pair]);

/** Services in an order in which each comes after those it depends on. */
function inOrder(services, done = []) {
  const open = Object.keys(services).filter((name) => !done.includes(name));
  if (open.length === 0) return done;
  const ready = open.filter((name) =>
    [services[name].dependsOn ?? []].flat().every((other) => done.includes(other)),
  );
  if (ready.length === 0) throw new RangeError(`services wait for one another: ${open.join(', ')}`);
  return inOrder(services, [...done, ...ready]);
}

const { services } = parse(readFileSync('serverless-compose.yml', 'utf8'));
for (const name of inOrder(services)) {
  const { status } = spawnSync('serverless', ['deploy', ...params, ...args], {
    cwd: services[name].path,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status === 0) continue;
  console.error(
    `${name} is not deployed; CloudFormation took it back to what ran before. Services after it were left alone.`,
  );
  process.exit(1);
}
