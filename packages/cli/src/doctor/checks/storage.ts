import { type Check, type Found, missing, ok } from '../check.ts';
import type { DoctorPorts } from '../ports.ts';

/** No dead-letter queue holds a message: what lies there was not answered. */
export const deadLettersCheck: Check = {
  name: 'dead-letters',
  reads: [
    'cloudformation:DescribeStacks',
    'cloudformation:ListStackResources',
    'sqs:GetQueueAttributes',
  ],
  async run(ports) {
    const urls = (await physicalIds('AWS::SQS::Queue', ports)).filter((url) =>
      url.endsWith('-dlq'),
    );
    const found = await Promise.all(urls.map((url) => queueState(url, ports)));
    const filled = found.filter(({ status }) => status !== 'ok');
    if (filled.length > 0) return filled;
    if (urls.length > 0) return [ok(`all ${urls.length} dead-letter queues are empty`)];
    return [
      missing(
        'there is no dead-letter queue',
        'deploy services/foundation and services/cloudtrail-guard',
      ),
    ];
  },
};

async function queueState(url: string, ports: DoctorPorts): Promise<Found> {
  const count = await ports.messagesIn(url);
  const name = url.split('/').at(-1) ?? url;
  if (count === 0) return ok(`${name} is empty`);
  return missing(
    `${name} holds ${count} message${count === 1 ? '' : 's'} that could not be answered`,
    `read the reason: aws sqs receive-message --queue-url ${url} --region ${ports.deployment.region}; mend it, then redrive or purge`,
  );
}

/** Log groups expire. */
export const logRetentionCheck: Check = {
  name: 'log-retention',
  reads: [
    'cloudformation:DescribeStacks',
    'cloudformation:ListStackResources',
    'logs:DescribeLogGroups',
  ],
  async run(ports) {
    const groups = await physicalIds('AWS::Logs::LogGroup', ports);
    const kept = await Promise.all(
      groups.map(async (name) => ({ name, days: await ports.retentionOf(name) })),
    );
    const endless = kept.filter(({ days }) => days === undefined);
    if (endless.length === 0) return [ok(`all ${groups.length} log groups expire`)];
    return endless.map(({ name }) =>
      missing(
        `log group ${name} never expires`,
        `aws logs put-retention-policy --log-group-name ${name} --retention-in-days 90 --region ${ports.deployment.region}`,
      ),
    );
  },
};

async function physicalIds(type: string, { stacks }: DoctorPorts): Promise<readonly string[]> {
  const names = await stacks.names();
  const resources = await Promise.all(names.map((name) => stacks.resources(name)));
  return resources
    .flat()
    .flatMap((resource) => (resource.type === type ? [resource.physicalId] : []));
}
