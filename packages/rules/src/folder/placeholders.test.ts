import { describe, expect, it } from '@jest/globals';
import { loadRuleFolder } from './load-rule-folder.ts';
import { placeholdersOf, resolvePlaceholders } from './placeholders.ts';
import { channelsFile, packOf } from './testing/rule-files.ts';

const written = (name: string) => `$\{${name}}`;

const rules = () => {
  const then = `[{ notify: { channel: alerts } }, { queue: { url: '${written('QUEUE_URL')}' } }, { event: { bus: '${written('BUS')}' } }, { invoke: { function: 'enrich-${written('STAGE')}' } }]`;
  const { ruleSet } = loadRuleFolder([channelsFile, packOf('{ always: true }', then)]);
  if (!ruleSet) throw new Error('the folder is right');
  return ruleSet;
};

describe('resolvePlaceholders', () => {
  it('puts the environment’s values into channels, queues, buses and functions', () => {
    const { ruleSet, missing } = resolvePlaceholders(rules(), {
      ALERTS_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:alerts',
      QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/findings',
      BUS: 'riposte',
      STAGE: 'prod',
    });
    expect(missing).toEqual([]);
    expect(ruleSet.channels[0]).toMatchObject({
      topic: 'arn:aws:sns:eu-west-1:123456789012:alerts',
    });
    expect(ruleSet.packs[0]?.rules[0]?.branches[0].then).toEqual([
      { notify: { channel: 'alerts' } },
      { queue: { url: 'https://sqs.eu-west-1.amazonaws.com/123456789012/findings' } },
      { event: { bus: 'riposte' } },
      { invoke: { function: 'enrich-prod' } },
    ]);
  });

  it('lists what the environment lacks, and leaves it as it is written', () => {
    const { ruleSet, missing } = resolvePlaceholders(rules(), { BUS: '', STAGE: 'prod' });
    expect(missing).toEqual(['ALERTS_TOPIC_ARN', 'BUS', 'QUEUE_URL']);
    expect(ruleSet.channels[0]).toMatchObject({ topic: written('ALERTS_TOPIC_ARN') });
  });

  it('misses nothing that only disabled rules and unused channels need', () => {
    const { ruleSet } = loadRuleFolder([
      channelsFile,
      packOf('{ always: true }', '[{ notify: { channel: alerts } }]', '    enabled: false'),
    ]);
    expect(ruleSet && resolvePlaceholders(ruleSet, {}).missing).toEqual([]);
  });

  it('misses what a channel needs to which a used one escalates', () => {
    const { ruleSet } = loadRuleFolder([
      {
        path: 'channels.yaml',
        text: `channels:
  - { name: first, type: teams, secret: s, escalate: [{ after: 30m, channel: second }] }
  - { name: second, type: teams, secret: '${written('SECOND')}', escalate: [{ after: 1h, channel: first }] }
  - { name: third, type: teams, secret: '${written('THIRD')}' }`,
      },
      packOf('{ always: true }', '[{ notify: { channel: first } }]'),
    ]);
    expect(ruleSet && resolvePlaceholders(ruleSet, {}).missing).toEqual(['SECOND']);
  });

  it('puts a value in as it is, whatever signs it holds', () => {
    const { ruleSet } = resolvePlaceholders(rules(), { ALERTS_TOPIC_ARN: "$&$'" });
    expect(ruleSet.channels[0]).toMatchObject({ topic: "$&$'" });
  });
});

describe('placeholdersOf', () => {
  it('names each once, whoever uses it', () => {
    const { ruleSet } = loadRuleFolder([
      channelsFile,
      packOf(
        '{ always: true }',
        `[{ queue: { url: '${written('QUEUE_URL')}' } }]`,
        '    enabled: false',
      ),
    ]);
    expect(ruleSet && placeholdersOf(ruleSet)).toEqual(['ALERTS_TOPIC_ARN', 'QUEUE_URL']);
  });
});
