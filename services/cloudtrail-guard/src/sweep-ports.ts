import { SNSClient } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { parseArn } from '@riposte/findings';
import { awsClient, errorFacts, logger } from '@riposte/lambda';
import { canaryParameter } from './canary.ts';
import type { SweepConfig } from './config.ts';
import { guardPorts } from './guard-ports.ts';
import { confirmedSubscriptions, topicSpeaker } from './sns-topics.ts';
import type { SweepPorts } from './sweep-trails.ts';

/** The sweep's ports on AWS. */
export function sweepPorts(config: SweepConfig): SweepPorts {
  const { accountId, partition } = parseArn(config.ALERTS_TOPIC_ARN);
  const sns = awsClient(SNSClient, {});
  const ssm = awsClient(SSMClient, {});
  return {
    ...guardPorts(config),
    home: { accountId, region: config.AWS_REGION, partition },
    accounts: config.SWEEP_ACCOUNTS,
    regions: config.SWEEP_REGIONS,
    alertsTopicArn: config.ALERTS_TOPIC_ARN,
    async writeCanary(at) {
      await ssm.send(
        new PutParameterCommand({
          Name: canaryParameter(config.RIPOSTE_STAGE),
          Value: at.toISOString(),
          Type: 'String',
          Overwrite: true,
        }),
      );
    },
    confirmedSubscriptions: () => confirmedSubscriptions(sns, config.ALERTS_TOPIC_ARN),
    tellLastResort: topicSpeaker(sns, config.LAST_RESORT_TOPIC_ARN),
    warn(what, error) {
      const { name, path } = errorFacts(error);
      logger.warn('a part of the sweep failed', { part: what, errorName: name, path });
    },
  };
}
