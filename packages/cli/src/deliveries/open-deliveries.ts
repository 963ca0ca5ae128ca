import { SQSClient } from '@aws-sdk/client-sqs';
import { connect } from '../aws/connection.ts';
import type { DeploymentOptions } from '../deployment-options.ts';
import { NotDeployedError } from '../errors.ts';
import type { DeliveriesPorts } from './ports.ts';
import { sqsDeadLetters } from './sqs-dead-letters.ts';

/** Opens the dead-letter queues of a deployment on AWS. */
export async function openDeliveries(options: DeploymentOptions): Promise<DeliveriesPorts> {
  const { config, stage, region, accountId } = await connect(options);
  const letters = sqsDeadLetters(new SQSClient(config), stage);
  return {
    ...letters,
    stage,
    clock: () => new Date(),
    async queues() {
      const found = await letters.queues();
      if (found.length > 0) return found;
      throw new NotDeployedError(
        `no finding router named ${stage} in account ${accountId}, ${region} (it has no dead-letter queues)`,
        'check --stage, --region and --profile, or deploy it: npx sls deploy --stage STAGE in services/finding-router',
      );
    },
  };
}
