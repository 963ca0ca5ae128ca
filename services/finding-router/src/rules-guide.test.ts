import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checkRuleSet, loadRuleFolder, problemText, runRuleTests } from '@riposte/rules';

const guide = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8');

/** The files that the guide shows, by the name in their first line. */
const files = [...guide.matchAll(/```yaml\n# (\S+)\n(.*?)```/gs)].map(
  ([, path = '', text = '']) => ({
    path,
    text,
  }),
);

describe('the files that docs/rules.md shows', () => {
  const { ruleSet, tests, problems } = loadRuleFolder(files);

  it('are one folder without errors', () => {
    expect(problems.map(problemText)).toEqual([]);
    expect(files).toHaveLength(6);
  });

  it('pass their own cases', () => {
    const results = ruleSet ? runRuleTests(ruleSet, tests) : [];
    expect(results.map(({ message }) => message)).toEqual([undefined]);
  });

  it('leave no rule to doubt', () => {
    const doubts = ruleSet ? checkRuleSet(ruleSet, { now: new Date('2026-11-25'), files }) : [];
    expect(doubts.filter(({ file }) => file !== 'channels.yaml').map(problemText)).toEqual([]);
  });
});
