import type { ChannelType } from '@riposte/rules';

const state = [
  "{% case status %}{% when 'resolved' %}RESOLVED: {% when 'acknowledged' %}ACKNOWLEDGED: ",
  "{% when 'escalated' %}ESCALATED, {{ severity }}: ",
  '{% else %}{% if repeat > 0 %}STILL OPEN, {% endif %}{{ severity }}: {% endcase %}',
].join('');

const place = '{% if finding %} ({{ finding.accountId }}, {{ finding.region }}){% endif %}';

/** What, how bad and where, short enough for the line in which a telephone shows it. */
function title(longest: number, prefix = ''): string {
  return [
    prefix,
    state,
    `{% if finding %}{{ finding.title | truncate: ${longest} }}`,
    '{% if total > 1 %} and {{ total | minus: 1 }} more{% endif %}',
    '{% else %}{{ total }} findings{% endif %}',
    place,
  ].join('');
}

const since = "{{ f.since | date: '%Y-%m-%d %H:%M' }} UTC";
const owner =
  '{% if f.owner %}{{ f.owner }}{% if f.team %} (team {{ f.team }}){% endif %}{% elsif f.team %}team {{ f.team }}{% else %}not known{% endif %}';
const type = '{% if f.resourceType %} ({{ f.resourceType }}){% endif %}';
const risk = '{% if f.riskScore %} · risk {{ f.riskScore }} of 100{% endif %}';
const acknowledged =
  '{% if acknowledgedBy != "" %}Acknowledged by {{ acknowledgedBy }}.\n\n{% endif %}';
const digest =
  '{% if collected %}{{ collected }} messages of the last while, as one.\n\n{% endif %}';
const more = '{% if more > 0 %}… and {{ more }} more.{% endif %}';

function listed(...lines: readonly string[]): string {
  return `${digest}${acknowledged}{% for f in findings %}${lines.join('\n')}\n\n{% endfor %}${more}`;
}

const slackBody = listed(
  '*{{ f.severity }}* {{ f.title | truncate: 200 }}',
  `\`{{ f.resource | truncate: 200 }}\`${type} in {{ f.accountId }}, {{ f.region }}`,
  `Owner: ${owner} · since ${since} · rule {{ f.rule }}${risk}{% if f.url %} · <{{ f.url }}|Security Hub>{% endif %}`,
);

const teamsBody = listed(
  '**{{ f.severity }}** {{ f.title | truncate: 200 }}',
  `{{ f.resource | truncate: 200 }}${type} in {{ f.accountId }}, {{ f.region }}`,
  `Owner: ${owner} · since ${since} · rule {{ f.rule }}${risk}{% if f.url %} · [Security Hub]({{ f.url }}){% endif %}`,
);

const plainBody = listed(
  '{{ f.severity }}: {{ f.title | truncate: 500 }}',
  `  Resource: {{ f.resource | truncate: 500 }}${type}`,
  '  Account, Region: {{ f.accountId }}, {{ f.region }}',
  `  Owner: ${owner}`,
  `  Since: ${since}`,
  `  Rule: {{ f.rule }}{% if f.riskScore %}\n  Risk: {{ f.riskScore }} of 100{% endif %}{% if f.url %}\n  Link: {{ f.url }}{% endif %}`,
);

/** What is written where neither the rule nor the channel has templates. */
export function defaultTemplates(channel: ChannelType): {
  readonly title: string;
  readonly body: string;
} {
  switch (channel) {
    case 'slack':
      return { title: title(150), body: slackBody };
    case 'teams':
      return { title: title(150), body: teamsBody };
    // Of an e-mail's subject, account and Region are the last 29 of 99 characters.
    case 'sns':
      return { title: title(35, '[Riposte] '), body: plainBody };
    case 'servicenow':
      return { title: title(90), body: plainBody };
    default:
      return { title: title(150), body: plainBody };
  }
}
