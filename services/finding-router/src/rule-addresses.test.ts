import { describe, expect, it } from '@jest/globals';
import type { Channel, RuleSet } from '@riposte/rules';
import { ruleAddresses } from './rule-addresses.ts';

const written = (name: string) => `$\{${name}}`;
const channels: readonly Channel[] = [
  { name: 'alerts', type: 'sns', topic: written('ALERTS_TOPIC_ARN') },
  { name: 'soc', type: 'sns', topic: written('SOC_TOPIC_ARN') },
  { name: 'siem', type: 'webhook', url: written('SIEM'), secret: 'riposte/webhook' },
  {
    name: 'tickets',
    type: 'servicenow',
    url: written('SERVICENOW_URL'),
    secret: 'riposte/servicenow',
  },
];
const ruleSet: RuleSet = {
  ...{ packs: [], channels, inhibitions: [], timeIntervals: [], ownership: [], version: '' },
};

describe('addresses of rules', () => {
  it('are given by parameters that are named after their variables', async () => {
    const given: Readonly<Record<string, string>> = {
      servicenowUrl: 'https://example.service-now.com',
      siem: 'https://siem.example.com',
    };
    const asked: string[] = [];
    const addresses = await ruleAddresses(ruleSet, { ALERTS_TOPIC_ARN: 'own' }, async (name) => {
      asked.push(name);
      return given[name] ?? '';
    });
    expect(addresses).toEqual({
      SERVICENOW_URL: 'https://example.service-now.com',
      SIEM: 'https://siem.example.com',
    });
    expect(asked).toEqual(['servicenowUrl', 'siem', 'socTopicArn']);
  });
});
