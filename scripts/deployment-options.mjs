import { parseArgs } from 'node:util';

/**
 * The options that name a deployment. Neither has a default: what changes an account says which one it means.
 *
 * @param {string} script the npm script, for its usage line
 * @returns {{ stage: string, region: string, args: string[] }} and all arguments, to be passed on
 */
export function deploymentOptions(script) {
  const args = process.argv.slice(2);
  const { stage, region } = parseArgs({
    args,
    strict: false,
    options: { stage: { type: 'string' }, region: { type: 'string' } },
  }).values;
  if (typeof stage === 'string' && typeof region === 'string') return { stage, region, args };
  console.error(`usage: npm run ${script} -- --stage STAGE --region REGION`);
  process.exit(2);
}
