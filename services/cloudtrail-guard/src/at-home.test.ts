import { describe, expect, it } from '@jest/globals';
import { atHome, elsewhere } from './at-home.ts';

const answer = async (input: string) => `answered ${input}`;

describe('atHome', () => {
  it.each([
    ['', 'answered x'],
    ['eu-west-1', 'answered x'],
    ['us-east-1', elsewhere],
  ])('with home %p says %p', async (HOME_REGION, said) => {
    expect(await atHome({ HOME_REGION, AWS_REGION: 'eu-west-1' }, answer)('x')).toBe(said);
  });
});
