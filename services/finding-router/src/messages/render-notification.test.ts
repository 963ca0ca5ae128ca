import { describe, expect, it } from '@jest/globals';
import type { ChannelType } from '@riposte/rules';
import fc from 'fast-check';
import { data, finding } from '../testing/sample-message.ts';
import { limitsOf } from './channel-limits.ts';
import { renderNotification } from './render-notification.ts';

const types: readonly ChannelType[] = [
  ...(['slack', 'teams', 'pagerduty', 'webhook', 'sns', 'jira', 'servicenow'] as const),
];

const titled = (title: string) => ({ ...data, findings: [{ ...finding, title }] });

describe('renderNotification', () => {
  it('says what, how bad, where, who, since when and why, with a link', () => {
    const { title, body } = renderNotification(data, 'slack');
    expect(title).toBe('HIGH: S3 bucket allows public reads (123456789012, eu-west-1)');
    expect(body).toBe(
      [
        '*HIGH* S3 bucket allows public reads',
        '`arn:aws:s3:::reports` (AwsS3Bucket) in 123456789012, eu-west-1',
        'Owner: payments (team Payments Platform) · since 2026-05-01 09:30 UTC · rule s3-public · risk 85 of 100 · <https://eu-west-1.console.aws.amazon.com/securityhub/home?region=eu-west-1#/findings?search=Id%3D1&amp;x=y|Security Hub>',
      ].join('\n'),
    );
  });

  it('keeps links whole in an Adaptive Card', () => {
    expect(renderNotification(data, 'teams').body).toMatch(
      /^\*\*HIGH\*\* S3 bucket .*\[Security Hub\]\(https:\/\/eu-west-1[^ )]+Id%3D1&x=y\)$/s,
    );
  });

  it('leaves out what is not known', () => {
    const { owner, team, url, riskScore, resourceType, ...bare } = finding;
    expect(owner && team && url && riskScore && resourceType).toBeTruthy();
    expect(renderNotification({ ...data, findings: [bare] }, 'sns').body).toBe(
      [
        'HIGH: S3 bucket allows public reads',
        '  Resource: arn:aws:s3:::reports',
        '  Account, Region: 123456789012, eu-west-1',
        '  Owner: not known',
        '  Since: 2026-05-01 09:30 UTC',
        '  Rule: s3-public',
      ].join('\n'),
    );
  });

  it('lists twenty findings, and counts the others', () => {
    const many = { ...data, findings: Array.from({ length: 30 }, () => finding), total: 57 };
    const { title, body } = renderNotification(many, 'sns');
    expect(title).toBe(
      '[Riposte] HIGH: S3 bucket allows public reads and 56 more (123456789012, eu-west-1)',
    );
    expect(body.match(/Resource:/g)).toHaveLength(20);
    expect(body.endsWith('\n\n… and 37 more.')).toBe(true);
  });

  it.each([
    ['firing', 2, 'STILL OPEN, HIGH: '],
    ['resolved', 0, 'RESOLVED: '],
    ['acknowledged', 0, 'ACKNOWLEDGED: '],
    ['escalated', 1, 'ESCALATED, HIGH: '],
  ] as const)('begins the title of what is %s (%i) with %s', (status, repeat, start) => {
    const { title } = renderNotification({ ...data, status, repeat }, 'pagerduty');
    expect(title).toBe(`${start}S3 bucket allows public reads (123456789012, eu-west-1)`);
  });

  it('has words for a message without findings', () => {
    const none = { ...data, status: 'resolved' as const, findings: [], total: 3 };
    expect(renderNotification(none, 'slack').title).toBe('RESOLVED: 3 findings');
  });

  it('takes the templates of the channel, one or both', () => {
    const title = '<!subteam^S1> {{ labels.team }}: {{ finding.title | upcase }}{{ nothing.here }}';
    const text = renderNotification(titled('<!channel>'), 'slack', { title });
    expect(text.title).toBe('<!subteam^S1> payments: &lt;!CHANNEL&gt;');
    expect(text.body).toContain('&lt;!channel&gt;');
  });

  it('escapes what a template captures once', () => {
    const body = '{% capture t %}a\n{{ finding.title }}{% endcapture %}{{ t }}';
    expect(renderNotification(titled('R&D'), 'slack', { body }).body).toBe('a\nR&amp;D');
  });

  it.each([
    '{% if %}',
    "{% include 'x' %}",
    "{% render '/etc/passwd' %}",
    '{{ finding.title | raw }}',
    '{% for i in (1..100000000) %}{{ i }}{% endfor %}',
    '{{ "x" | date: "%1000000000d" }}{% for i in (1..9999999) %}x{% endfor %}',
  ])('replaces %s by the default, and says why', (body) => {
    const text = renderNotification(data, 'slack', { body });
    expect(text.body).toBe(renderNotification(data, 'slack').body);
    expect(text.problem).toMatch(/./);
  });

  it('keeps many templates, and goes on with more', () => {
    for (let index = 0; index < 520; index += 1) {
      const text = renderNotification(data, 'webhook', { body: `${index} {{ total }}` });
      expect(text.body).toBe(`${index} 1`);
    }
  });

  it('prints links as text where a template asks for JSON', () => {
    const text = renderNotification(data, 'webhook', { body: '{{ finding | json }}' });
    expect(JSON.parse(text.body)).toMatchObject({ url: finding.url, riskScore: 85 });
  });

  it('reaches no prototype', () => {
    const body = '{{ finding.constructor }}{{ finding.title.constructor.name }}{{ __proto__ }}.';
    expect(renderNotification(data, 'slack', { body }).body).toBe('.');
  });
});

/** What no part of a text that somebody else wrote may look like. */
const hostileIn: Readonly<Record<string, RegExp>> = {
  slack: /[<>*`~]|&(?!amp;|lt;|gt;)/u,
  teams: /(?<!\\)(?:\\\\)*(?:[`*_[\]<>{}~|])/u,
};
const invisible = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]|(?!\n)\p{Cc}/u;

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom(...'<>&*_~`[](){}|\\#+-!@:/ \n\u202e\u0000\ue000\ue001a1.') }),
  fc.constantFrom(
    '<!channel>',
    '<@U1>',
    '<https://evil.example|Security Hub>',
    '[Security Hub](https://evil.example)',
    '{{DATE(2026-05-01T12:00:00Z)}}',
    '{% include "x" %}{{ finding }}',
    '&lt;!channel&gt;',
    '\u202egnp.exe',
    'a\r\nb\u2028c',
    '\ud800',
  ),
);

describe('texts that somebody else wrote', () => {
  it.each(types)('are visible and no markup in %s', (type) => {
    const body = '{{ finding.title }}';
    fc.assert(
      fc.property(nasty, (title) => {
        const text = renderNotification(titled(title), type, { title: body, body });
        expect(text.problem).toBeUndefined();
        expect(text.title).not.toMatch(invisible);
        expect(text.body).not.toMatch(invisible);
        expect(text.body).not.toContain('\n');
        expect(text.body).not.toMatch(hostileIn[type] ?? invisible);
      }),
    );
  });

  it.each(types)('never make a message longer than %s takes', (type) => {
    const long = fc.constantFrom('x', '&', '<', '*', '\u202e', '😀', '\\', '_', '\n');
    fc.assert(
      fc.property(fc.array(long, { minLength: 1, maxLength: 5 }), (parts) => {
        const one = { ...finding, title: parts.join('').repeat(100_000) };
        const findings = Array.from({ length: 20 }, () => one);
        const body = '{% for f in findings %}{{ f.title }}{{ f.title }}\n{% endfor %}';
        for (const templates of [{}, { title: body, body }]) {
          const text = renderNotification({ ...data, findings, total: 99 }, type, templates);
          expect(text.title.length).toBeLessThanOrEqual(limitsOf(type).title);
          expect(text.body.length).toBeLessThanOrEqual(limitsOf(type).body);
          expect(`${text.title}${text.body}`.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    ['- a', '\\- a'],
    ['# a', '\\# a'],
    ['12. a-b', '12\\. a-b'],
    ['&copy; R&D', '\\&copy; R&D'],
    ['{{DATE(1)}}', '\\{\\{DATE(1)\\}\\}'],
  ])('begin no list, heading or entity on a card: %s', (title, written) => {
    const text = renderNotification(titled(title), 'teams', { body: '{{ finding.title }}' });
    expect(text.body).toBe(written);
  });

  it('are cut between escapes, never inside one', () => {
    const body = '{% for i in (1..20) %}{{ finding.title }}{% endfor %}';
    const text = renderNotification(titled('&'.repeat(1000)), 'slack', { body }).body;
    expect(text).toMatch(/^(?:&amp;)+…$/);
    expect(text.length).toBeGreaterThan(11_990);
  });

  it.each(['http://a.example', 'javascript:alert(1)', 'https://u:p@a.example', 'x', ''])(
    'make no link of %s',
    (url) => {
      const { body } = renderNotification({ ...data, findings: [{ ...finding, url }] }, 'slack');
      expect(body).not.toContain('<');
    },
  );

  it('cannot leave their link', () => {
    const url = 'https://a.example/x|y>(z)[1]<!channel>"\u202e';
    const { body } = renderNotification({ ...data, findings: [{ ...finding, url }] }, 'slack');
    expect(body).toMatch(
      /<https:\/\/a\.example\/x%7Cy%3E%28z%29%5B1%5D%3C%21channel%3E%22%E2%80%AE\|/,
    );
  });
});
