import { account } from '../guard/guard-world.ts';
import type { WorldOptions } from './router-world.ts';

const finding = (title: string) => ({
  asff: `{ Title: [{ Comparison: PREFIX, Value: 'Finding ${title}' }] }`,
  ocsf: `{ CompositeFilters: [{ StringFilters: [{ FieldName: finding_info.title, Filter: { Comparison: PREFIX, Value: 'Finding ${title}' } }] }] }`,
});

/** A queue and a topic that are not the router's; the function that rules invoke is one of its own. */
export const others = {
  queue: 'named-by-a-rule',
  topic: `arn:aws:sns:us-east-1:${account}:named-by-a-channel`,
} as const;

const secretTypes = ['slack', 'teams', 'pagerduty', 'webhook', 'jira', 'servicenow'] as const;
const told = ['topic', 'slack', 'teams', 'pagerduty', 'webhook'] as const;

const everywhere = ['topic-own', ...told, 'slack-own', 'teams-own', 'pagerduty-own', 'webhook-own']
  .map((channel) => `      - notify: { channel: ${channel} }`)
  .join('\n');

const rules = `pack: all
rules:
  - name: told
    order: 10
    when: { asff: ${finding('told').asff} }
    then:
${everywhere}
  - name: ticketed
    order: 20
    when: { asff: ${finding('ticketed').asff} }
    then:
      - ticket: { channel: jira }
      - ticket: { channel: jira-own }
      - ticket: { channel: servicenow }
      - ticket: { channel: servicenow-own }
  - name: looked-into
    order: 30
    when: { any: [{ asff: ${finding('looked into').asff} }, { ocsf: ${finding('looked into').ocsf} }] }
    then:
      - enrich: { with: [owner, history, cve, risk] }
      - update: { severity: CRITICAL, note: looked into }
      - evidence: { frameworks: [pci-dss-3.2.1] }
  - name: acted-on
    order: 40
    when: { any: [{ asff: ${finding('acted on').asff} }, { ocsf: ${finding('acted on').ocsf} }] }
    then:
      - remediate: { action: S3.4 }
      - invoke: { function: riposte-finding-router-local-tell-due }
      - queue: { url: 'https://sqs.us-east-1.amazonaws.com/${account}/${others.queue}' }
      - event: { bus: default }
  - name: ocsf-acted-on
    order: 45
    when: { ocsf: ${finding('tagged').ocsf} }
    then:
      - tag: { tags: { reviewed: 'no' } }
  - name: automated
    order: 50
    when: { asff: ${finding('automated').asff} }
    then:
      - automation: { document: Isolate, parameters: { AutomationAssumeRole: 'arn:aws:iam::${account}:role/isolates' } }
  - name: automated-by-aws
    order: 60
    when: { asff: ${finding('stopped by AWS').asff} }
    then:
      - automation: { document: AWS-StopEC2Instance }
`;

/** Accounts are looked up in the organization where an entry names a unit. */
const owners = `ownership:
  - organizationalUnits: [ou-ab12-cd34ef56]
    environment: production
`;

const inhibitions = `inhibitions:
  - name: high-mutes-low
    source: [{ label: severity, op: '=', value: HIGH }]
    target: [{ label: severity, op: '=', value: LOW }]
    equal: [account]
`;

/** Rules, channels and owners that together have the router use everything that its functions may do. */
export const allOfTheRouter = {
  rules: { 'all.rules.yaml': rules, 'owners.yaml': owners },
  channels: Object.fromEntries(
    told.map((name) => [
      name,
      { group: { by: ['account'], wait: '0s', interval: '1s', repeat: '2s' } },
    ]),
  ),
  copies: {
    'topic-own': { of: 'topic', topic: others.topic },
    ...Object.fromEntries(
      secretTypes.map((type) => [`${type}-own`, { of: type, secret: `riposte/${type}/own` }]),
    ),
  },
  more: inhibitions,
  params: { automationDocuments: 'Isolate,AWS-StopEC2Instance' },
} satisfies WorldOptions;
