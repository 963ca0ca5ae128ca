import { describe, expect, it } from '@jest/globals';
import { notification } from '../testing/sample-message.ts';
import { slackBlocks } from './slack-blocks.ts';

describe('the button to acknowledge', () => {
  it.each([
    ['on what is open', notification(), true],
    ['on what nobody acknowledged in time', notification({ status: 'escalated' }), true],
    ['not on what is resolved', notification({ status: 'resolved' }), false],
    ['not on what is acknowledged', notification({ status: 'acknowledged' }), false],
    ['not on a digest, which is of many groups', notification({ collected: 5 }), false],
    ['not where the group is too long', notification({ groupKey: 'x'.repeat(2_000) }), false],
  ])('is %s', (_, message, there) => {
    expect(slackBlocks(message).some(({ type }) => type === 'actions')).toBe(there);
  });
});
