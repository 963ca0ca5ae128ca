import { stringify } from 'yaml';
import { account } from '../guard/guard-world.ts';
import type { WorldOptions } from './router-world.ts';

/** A queue and a topic that are not the router's; the function that rules invoke is one of its own. */
export const others = {
  queue: 'named-by-a-rule',
  topic: `arn:aws:sns:us-east-1:${account}:named-by-a-channel`,
} as const;

const withSecrets = ['slack', 'teams', 'pagerduty', 'webhook', 'jira', 'servicenow'] as const;
const telling = ['topic', 'slack', 'teams', 'pagerduty', 'webhook'] as const;
const withOwn = (name: string) => [name, `${name}-own`];

/** Findings whose title begins so, as Security Hub has them in one format or the other. */
function titled(title: string, formats: readonly ('asff' | 'ocsf')[]) {
  const filter = { Comparison: 'PREFIX', Value: `Finding ${title}` };
  const StringFilters = [{ FieldName: 'finding_info.title', Filter: filter }];
  const conditions = {
    asff: { Title: [filter] },
    ocsf: { CompositeFilters: [{ StringFilters }] },
  };
  return { any: formats.map((format) => ({ [format]: conditions[format] })) };
}

const rules = [
  {
    name: 'told',
    when: titled('told', ['asff']),
    then: telling.flatMap(withOwn).map((channel) => ({ notify: { channel } })),
  },
  {
    name: 'ticketed',
    when: titled('ticketed', ['asff']),
    then: [
      ...['jira', 'servicenow'].flatMap(withOwn).map((channel) => ({ ticket: { channel } })),
      { notify: { channel: 'webhook' } },
    ],
  },
  {
    name: 'looked-into',
    when: titled('looked into', ['asff', 'ocsf']),
    then: [
      { enrich: { with: ['owner', 'history', 'cve', 'risk'] } },
      { update: { severity: 'CRITICAL', note: 'looked into' } },
      { evidence: { frameworks: ['pci-dss-3.2.1'] } },
    ],
  },
  {
    name: 'acted-on',
    when: titled('acted on', ['asff']),
    then: [
      { remediate: { action: 'S3.4' } },
      { invoke: { function: 'riposte-finding-router-local-tell-due' } },
      { queue: { url: `https://sqs.us-east-1.amazonaws.com/${account}/${others.queue}` } },
      { event: { bus: 'default' } },
    ],
  },
  {
    name: 'tagged',
    when: titled('tagged', ['ocsf']),
    then: [{ tag: { tags: { reviewed: 'no' } } }],
  },
  {
    name: 'large',
    when: titled('large', ['asff']),
    then: [{ evidence: { frameworks: ['pci-dss-3.2.1'] } }, { event: { bus: 'default' } }],
  },
  {
    name: 'automated',
    when: titled('automated', ['asff']),
    then: [
      {
        automation: {
          document: 'Isolate',
          parameters: { AutomationAssumeRole: `arn:aws:iam::${account}:role/isolates` },
        },
      },
    ],
  },
  {
    name: 'stopped',
    when: titled('stopped', ['asff']),
    then: [{ automation: { document: 'AWS-StopEC2Instance' } }],
  },
];

/** Accounts are looked up in the organization where an entry names a unit. */
const ownership = [{ organizationalUnits: ['ou-ab12-cd34ef56'], environment: 'production' }];

const inhibitions = [
  {
    name: 'high-mutes-low',
    source: [{ label: 'severity', op: '=', value: 'HIGH' }],
    target: [{ label: 'severity', op: '=', value: 'LOW' }],
    equal: ['account'],
  },
];

const group = { by: ['account'], wait: '0s', interval: '1s', repeat: '2s' };

/** Rules, channels and owners that together have the router use everything that its functions may do. */
export const allOfTheRouter = {
  rules: {
    'all.rules.yaml': stringify({
      pack: 'all',
      rules: rules.map((rule, at) => ({ ...rule, order: at + 1 })),
    }),
    'owners.yaml': stringify({ ownership }),
  },
  channels: Object.fromEntries(telling.map((name) => [name, { group }])),
  copies: {
    'topic-own': { of: 'topic', topic: others.topic },
    ...Object.fromEntries(
      withSecrets.map((type) => [`${type}-own`, { of: type, secret: `riposte/${type}/own` }]),
    ),
  },
  more: stringify({ inhibitions }),
  params: { automationDocuments: 'Isolate,AWS-StopEC2Instance' },
} satisfies WorldOptions;
