import {
  OcsfBooleanField,
  OcsfDateField,
  OcsfIpField,
  OcsfMapField,
  OcsfNumberField,
  OcsfStringField,
} from '@aws-sdk/client-securityhub';
import { describe, expect, it } from '@jest/globals';
import {
  type Action,
  checkRuleSet,
  loadRuleFolder,
  ocsfFields,
  problemText,
  resolvePlaceholders,
  runRuleTests,
} from '@riposte/rules';
import { readRuleFiles } from './read-rule-files.ts';
import { ruleFolder, ruleSet } from './rule-set.ts';

const files = readRuleFiles(ruleFolder);
const { tests, problems } = loadRuleFolder(files);
const rules = ruleSet.packs.flatMap((pack) => pack.rules);

/** Actions that change or start something beyond the finding, or open work for people. */
const acts = (action: Action) =>
  ['remediate', 'automation', 'tag', 'invoke', 'queue', 'event', 'ticket'].some(
    (kind) => kind in action,
  );

describe('the shipped rules', () => {
  it('have no problems', () => {
    expect(problems.map(problemText)).toEqual([]);
  });

  it('leave nothing to doubt', () => {
    const doubts = checkRuleSet(ruleSet, { now: new Date('2026-11-25T00:00:00Z'), files });
    expect(doubts.map(problemText)).toEqual([]);
  });

  const results = runRuleTests(ruleSet, tests);

  it.each(results.map(({ test: { file, name }, message }) => ({ file, name, message })))(
    'pass their cases: $file: $name',
    ({ message }) => {
      expect(message).toBeUndefined();
    },
  );

  it('each match in a case', () => {
    const matched = new Set(tests.flatMap(({ expect: { matches = [] } }) => matches));
    expect(rules.map(({ id }) => id).filter((id) => !matched.has(id))).toEqual([]);
  });

  it('wait to be enabled where they act beyond the finding', () => {
    const acting = rules.filter(({ branches }) => branches.some(({ then }) => then.some(acts)));
    expect(acting.filter(({ enabled }) => enabled)).toEqual([]);
    expect(acting.length).toBeGreaterThan(0);
  });

  it('need nothing of the environment but the alerts topic', () => {
    const topic = 'arn:aws:sns:eu-west-1:123456789012:alerts';
    expect(resolvePlaceholders(ruleSet, { ALERTS_TOPIC_ARN: topic }).missing).toEqual([]);
  });
});

describe('attributes of OCSF criteria', () => {
  it.each([
    ['string', OcsfStringField],
    ['date', OcsfDateField],
    ['number', OcsfNumberField],
    ['boolean', OcsfBooleanField],
    ['map', OcsfMapField],
    ['ip', OcsfIpField],
  ] as const)('of the kind %s are those of the API', (kind, known) => {
    // The user guide and CloudFormation know one more than the API's model.
    const names = ocsfFields[kind].filter((name) => name !== 'metadata.product.feature.uid');
    expect(names.toSorted()).toEqual(Object.values(known).toSorted());
  });
});
