import { type Check, type Found, missing, ok } from '../check.ts';
import type { DoctorPorts } from '../ports.ts';

/** Services without which nothing is answered. */
const services = ['foundation', 'cloudtrail-guard'] as const;

/** The stacks are there, and their last deployment succeeded. */
export const stacksCheck: Check = {
  name: 'stacks',
  reads: ['cloudformation:DescribeStacks'],
  run: (ports) => Promise.all(services.map((service) => stackOf(service, ports))),
};

async function stackOf(service: string, { stacks, deployment }: DoctorPorts): Promise<Found> {
  const { stage, region } = deployment;
  const name = `riposte-${service}-${stage}`;
  const deploy = `cd services/${service} && npx sls deploy --stage ${stage} --region ${region}`;
  const status = await stacks.status(name);
  if (status === undefined) return missing(`stack ${name} is not deployed`, deploy);
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return ok(`stack ${name}: ${status}`);
  if (status.endsWith('_IN_PROGRESS')) {
    return missing(
      `stack ${name} is being changed: ${status}`,
      'wait for the deployment to end, then run this again',
    );
  }
  return missing(`stack ${name} did not deploy: ${status}`, deploy);
}

const exportNames = [
  'AlertsTopicArn',
  'LastResortTopicArn',
  'AlertsKeyArn',
  'StateTableName',
  'StateTableArn',
  'StateTableStreamArn',
  'EvidenceBucketName',
  'EvidenceBucketArn',
  'EventBusName',
  'EventBusArn',
  'KeyArn',
] as const;

/** What services import from foundation is there. */
export const exportsCheck: Check = {
  name: 'exports',
  reads: ['cloudformation:ListExports'],
  async run({ stacks, deployment: { stage, region } }) {
    const present = await stacks.exports();
    const absent = exportNames.filter((name) => !present.has(`riposte-${stage}-${name}`));
    if (absent.length === 0) return [ok(`all ${exportNames.length} exports of foundation`)];
    return [
      missing(
        `exports missing: ${absent.map((name) => `riposte-${stage}-${name}`).join(', ')}`,
        `cd services/foundation && npx sls deploy --stage ${stage} --region ${region}`,
      ),
    ];
  },
};
