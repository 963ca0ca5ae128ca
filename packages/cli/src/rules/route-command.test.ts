import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseFinding } from '@riposte/findings';
import { asffFinding, ocsfFinding } from '@riposte/testing';
import { type RulesDesk, rulesDesk } from '../testing/rules-desk.ts';
import type { SecurityHubPorts } from './ports.ts';

const pack = `pack: p
rules:
  - name: raise
    order: 10
    when: { tags: { team: blue } }
    then: [{ update: { severity: CRITICAL, criticality: 80 } }, { remediate: { action: s3-block } }]
  - name: tell
    order: 20
    terminal: true
    when: { always: true }
    then: [{ notify: { channel: alerts, mute: [night] } }, { ticket: { channel: jira } }]
  - name: late
    order: 30
    when: { always: true }
    then: [{ suppress: { reason: accepted } }]
  - name: off
    enabled: false
    when: { always: true }
    then: []
  - name: old
    expires: 2026-01-01
    when: { always: true }
    then: []
  - name: other
    when: { tags: { team: red } }
    then: []
`;
const channels = `channels:
  - { name: alerts, type: sns, topic: 'arn:aws:sns:eu-west-1:123456789012:alerts' }
  - { name: jira, type: jira, url: 'https://jira.example.com', edition: cloud, project: SEC, issueType: Bug, secret: riposte/jira }
timeIntervals:
  - { name: night, ranges: [{ times: ['00:00-06:00'] }] }
`;

let desk: RulesDesk;
beforeEach(async () => {
  desk = await rulesDesk();
  await desk.write({
    'r/a.rules.yaml': pack,
    'r/channels.yaml': channels,
    'f.json': JSON.stringify(asffFinding({ Title: 'odd \u001b title' })),
  });
});
afterEach(() => desk.clear());

const route = (...argv: readonly string[]) =>
  desk.rules(['route', ...argv, '--at', '2026-11-24T12:00:00Z']);

describe('riposte rules route', () => {
  it('shows which rules match, in order, what they do, and what is sent', async () => {
    const { out } = await route('f.json', 'r');
    expect(out).toMatch(/10\s+p\/raise\s+sets severity, criticality; remediate s3-block/);
    expect(out).toMatch(/20\s+p\/tell \(terminal\)\s+tells alerts; keeps a ticket in jira/);
    expect(out).toContain('severity: LOW becomes CRITICAL');
    expect(out).toContain('p/tell -> alerts: told');
    expect(out).toContain('odd \\u{1b} title');
    expect(out).not.toContain('\u001b');
  });

  it('shows which rules nearly match, and why they do not', async () => {
    const { out } = await route('f.json', 'r');
    expect(out).toContain('p/late would match, but comes after p/tell, which is terminal');
    expect(out).toContain('p/off would match, but is not enabled');
    expect(out).toContain('p/old would match, but expired 2026-01-01');
    expect(out).not.toContain('p/other');
  });

  it('shows what holds it back', async () => {
    const { out } = await desk.rules(['route', 'f.json', 'r', '--at', '2026-11-24T03:00:00Z']);
    expect(out).toMatch(/muted by night until 2026-11-24T06:00:00/);
  });

  it('shows what a format cannot take', async () => {
    await desk.write({ 'f.json': JSON.stringify(ocsfFinding()) });
    const { out } = await route('f.json', 'r');
    expect(out).toContain('criticality: cannot be set on a finding of this format');
  });

  it('says that no rule matches', async () => {
    await desk.write({
      'e/a.rules.yaml': 'pack: e\nrules: [{ name: a, when: { tags: { a: b } }, then: [] }]\n',
    });
    expect((await route('f.json', 'e')).out).toContain('No rule matches.');
  });

  it('gives the same as one JSON document', async () => {
    const { out } = await route('f.json', 'r', '--json');
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      folder: 'r',
      at: '2026-11-24T12:00:00.000Z',
      findings: [
        {
          matches: [
            { rule: 'p/raise', order: 10, branch: 0, actions: [{ update: {} }, { remediate: {} }] },
            { rule: 'p/tell', terminal: true },
          ],
          trace: { routes: [{ channel: 'alerts' }] },
        },
      ],
    });
  });

  it('follows the first findings of a file that holds many', async () => {
    const many = Array.from({ length: 12 }, (_, at) => asffFinding({ Id: `f${at}` }));
    await desk.write({ 'f.json': JSON.stringify(many) });
    const { out, notes } = await route('f.json', 'r', '--json');
    expect(JSON.parse(out).findings).toHaveLength(10);
    expect(notes).toBe('the first 10 of 12 findings');
  });

  it('follows a finding that Security Hub has', async () => {
    const asked: string[] = [];
    const hub: Pick<SecurityHubPorts, 'findingsById'> = {
      findingsById: (id) => {
        asked.push(id);
        return {
          name: 'Security Hub',
          from: 'live',
          gaps: [],
          async *read() {
            yield [{ finding: parseFinding(asffFinding()) }];
          },
        };
      },
    };
    const notUsed = () => {
      throw new TypeError('not used');
    };
    const { out } = await desk.rules(['route', 'arn:aws:x', 'r'], {
      openSecurityHub: async () => ({
        findings: notUsed,
        rulesV1: notUsed,
        rulesV2: notUsed,
        ...hub,
      }),
    });
    expect(asked).toEqual(['arn:aws:x']);
    expect(out).toContain('p/tell');
  });

  it('says what a file holds instead of a finding', async () => {
    await desk.write({ 'f.json': '{"a": 1}' });
    await expect(route('f.json', 'r')).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringMatching(/holds no finding; line 1: finding is malformed/),
    });
  });
});
