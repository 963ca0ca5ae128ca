import { describe, expect, it } from '@jest/globals';
import { ownRules } from './own-rules.ts';

describe('ownRules', () => {
  it('have the addresses of the deployment', () => {
    const topic = 'arn:aws:sns:eu-west-1:123456789012:alerts';
    const { channels } = ownRules({ ALERTS_TOPIC_ARN: topic });
    expect(channels.find(({ name }) => name === 'alerts')).toMatchObject({ topic });
  });

  it('are not used where an address is missing', () => {
    expect(() => ownRules({})).toThrow('ALERTS_TOPIC_ARN');
  });
});
