import { setTimeout } from 'node:timers/promises';
import { SNSClient } from '@aws-sdk/client-sns';
import { awsClient } from '@riposte/lambda';
import type { SelfConfig } from './config.ts';
import { guardPorts } from './guard-ports.ts';
import { topicSpeaker } from './sns-topics.ts';
import type { SelfPorts } from './watch-own-house.ts';

/** The ports of watching Riposte itself, on AWS: two topics that share no key. */
export function selfPorts(config: SelfConfig): SelfPorts {
  const sns = awsClient(SNSClient, {});
  const { ALERTS_TOPIC_ARN, LAST_RESORT_TOPIC_ARN, STATE_TABLE_NAME } = config;
  return {
    ...guardPorts(config),
    loudspeakers: [ALERTS_TOPIC_ARN, LAST_RESORT_TOPIC_ARN].map((arn) => topicSpeaker(sns, arn)),
    own: {
      stage: config.RIPOSTE_STAGE,
      known: [
        STATE_TABLE_NAME,
        ALERTS_TOPIC_ARN,
        LAST_RESORT_TOPIC_ARN,
        config.EVIDENCE_BUCKET_NAME,
        config.EVENT_BUS_NAME,
        config.STATE_KEY_ARN,
      ],
    },
    wait: (ms) => setTimeout(ms, undefined, { ref: false }),
  };
}
