import { type Check, type Found, missing, ok } from '../check.ts';
import type { DoctorPorts } from '../ports.ts';

/** Below this, a flood of events can leave the guard nothing, and reserving more than 10 fails to deploy. */
const enough = 100;

/** The account's concurrency is enough for the guard, and none of its functions is switched off. */
export const concurrencyCheck: Check = {
  name: 'concurrency',
  reads: [
    'lambda:GetAccountSettings',
    'lambda:GetFunctionConcurrency',
    'cloudformation:ListStackResources',
  ],
  async run(ports) {
    const functions = await functionsOf(ports);
    if (functions.length === 0)
      return [missing('the guard has no functions', 'deploy services/cloudtrail-guard first')];
    const reserved = await Promise.all(
      functions.map(async (name) => ({ name, count: await ports.functions.reserved(name) })),
    );
    const off = reserved.filter(({ count }) => count === 0).map(({ name }) => name);
    const total = reserved.reduce((sum, { count = 0 }) => sum + count, 0);
    return [
      ...off.map((name) => switchedOff(name, ports)),
      quotaState(await ports.functions.quota(), total, ports),
    ];
  },
};

function switchedOff(name: string, { deployment: { region } }: DoctorPorts): Found {
  return missing(
    `function ${name} is switched off (reserved concurrency 0)`,
    `aws lambda delete-function-concurrency --function-name ${name} --region ${region}; find out who did it`,
  );
}

function quotaState(
  quota: number,
  reserved: number,
  { deployment: { region } }: DoctorPorts,
): Found {
  const share =
    reserved > 0
      ? `the guard has ${reserved} of it reserved`
      : 'none of it is reserved for the guard';
  if (quota >= enough) return ok(`${quota} concurrent executions, ${share}`);
  return missing(
    `only ${quota} concurrent executions, ${share}: a flood of events can use them up`,
    `aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region ${region}`,
  );
}

async function functionsOf({ stacks, deployment }: DoctorPorts): Promise<readonly string[]> {
  const resources = await stacks.resources(`riposte-cloudtrail-guard-${deployment.stage}`);
  return resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ physicalId }) => physicalId);
}
