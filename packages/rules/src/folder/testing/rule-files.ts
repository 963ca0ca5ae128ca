import type { RuleFile } from '../folder-files.ts';

/** The file of channels that the packs of these tests tell. */
export const channelsFile: RuleFile = {
  path: 'channels.yaml',
  text: `channels:
  - { name: alerts, type: sns, topic: '\${ALERTS_TOPIC_ARN}' }
  - name: tickets
    type: jira
    url: https://example.atlassian.net
    edition: cloud
    project: SEC
    issueType: Task
    secret: riposte/jira
timeIntervals:
  - { name: night, timeZone: Europe/Berlin, ranges: [{ times: ['22:00-24:00', '00:00-06:00'] }] }
`,
};

/** A pack of one rule with this condition and these actions, as YAML flow style. */
export function packOf(when: string, then = '[]', more = ''): RuleFile {
  return {
    path: 'demo.rules.yaml',
    text: `pack: demo
rules:
  - name: one
    when: ${when}
    then: ${then}
${more}`,
  };
}
