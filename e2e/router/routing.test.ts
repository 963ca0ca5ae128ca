import {
  GetFindingsCommand,
  GetFindingsV2Command,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../guard/eventually.ts';
import { lookSettings } from '../guard/look-settings.ts';
import { evidenceOf } from './evidence-of.ts';
import { importedFinding } from './findings.ts';
import { openRouterWorld, type RouterWorld } from './router-world.ts';

jest.setTimeout(120_000);

const rules = `pack: e2e
rules:
  - name: everywhere
    order: 10
    when: { asff: { Title: [{ Comparison: PREFIX, Value: 'Finding everywhere' }] } }
    then:
      - notify: { channel: topic }
      - notify: { channel: slack }
      - notify: { channel: teams }
      - notify: { channel: pagerduty }
      - notify: { channel: webhook }
      - ticket: { channel: jira }
      - ticket: { channel: servicenow }
      - evidence: { frameworks: [pci-dss-3.2.1] }
      - update: { severity: CRITICAL, note: 'raised for {{ finding.owner }}', userDefinedFields: { reviewed: 'no' } }
      - event: { bus: default }
  - name: accepted
    order: 20
    when: { asff: { Title: [{ Comparison: PREFIX, Value: 'Finding accepted' }] } }
    then:
      - suppress: { reason: tolerated until the move, control: WAF-7 }
  - name: twins
    order: 30
    when:
      any:
        - asff: { Title: [{ Comparison: PREFIX, Value: 'Finding twins' }] }
        - ocsf:
            CompositeFilters:
              - StringFilters:
                  - FieldName: finding_info.title
                    Filter: { Comparison: PREFIX, Value: 'Finding twins' }
    then:
      - notify: { channel: topic }
      - ticket: { channel: jira }
      - update: { severity: CRITICAL, workflow: NOTIFIED, note: looked after }
`;

let world: RouterWorld;
let hub: SecurityHubClient;
beforeAll(async () => {
  world = await openRouterWorld({ rules: { 'e2e.rules.yaml': rules } });
  hub = new SecurityHubClient(lookSettings(world.stage));
}, 600_000);
afterAll(async () => {
  hub?.destroy();
  await world?.stop();
});

async function findingNamed(id: string) {
  const Filters = { Id: [{ Value: id, Comparison: 'EQUALS' as const }] };
  const { Findings = [] } = await hub.send(new GetFindingsCommand({ Filters }));
  return Findings[0];
}

const mine = <T>(all: readonly T[], id: string) =>
  all.filter((one) => JSON.stringify(one).includes(id));

/** Everything that the systems were told about a finding. */
async function heardOf(id: string) {
  const { stage, doubles, names } = world;
  return {
    jira: mine(doubles.jira.issues(), id),
    servicenow: mine(doubles.servicenow.incidents(), id),
    slack: mine(doubles.slack.messages(), id),
    teams: mine(doubles.teams.cards(), id),
    pagerduty: mine(doubles.pagerduty.alerts(), id),
    webhook: mine(doubles.webhook.deliveries(), id),
    topic: mine(await stage.messages(names.AlertsTopicArn), id),
  };
}

function heardEverywhere(id: string) {
  return eventually(`${id} everywhere`, async () => {
    const heard = await heardOf(id);
    return Object.values(heard).every((some) => some.length > 0) ? heard : undefined;
  });
}

describe('a finding that a rule sends everywhere', () => {
  it('arrives everywhere, once, however often its event comes', async () => {
    const finding = importedFinding('everywhere-1');
    await world.stage.play.importFindings([finding]);
    await heardEverywhere('everywhere-1');
    await world.stage.play.importFindings([finding]);
    await world.quiet();
    const heard = await heardOf('everywhere-1');
    expect(Object.entries(heard).map(([name, some]) => [name, some.length])).toEqual([
      ...[
        ['jira', 1],
        ['servicenow', 1],
        ['slack', 1],
        ['teams', 1],
      ],
      ...[
        ['pagerduty', 1],
        ['webhook', 1],
        ['topic', 1],
      ],
    ]);
    expect(heard.jira[0]?.events.map(({ kind }) => kind)).toEqual(['created']);
  });

  it('is changed as the rule says, and says why', async () => {
    const finding = await eventually('a raised severity', async () => {
      const found = await findingNamed('everywhere-1');
      return found?.Severity?.Label === 'CRITICAL' ? found : undefined;
    });
    expect(finding).toMatchObject({
      Note: { Text: 'Riposte: raised for payments (e2e/everywhere)', UpdatedBy: 'riposte' },
      UserDefinedFields: { reviewed: 'no' },
    });
  });

  it('is kept as evidence, locked, with its frameworks', async () => {
    const kept = await eventually('evidence', () => evidenceOf(world, 'everywhere-1'));
    expect(kept.document).toMatchObject({
      kind: 'finding',
      finding: { id: 'everywhere-1' },
      rule: { id: 'e2e/everywhere' },
    });
    expect(kept.manifests).toBeGreaterThan(0);
  });

  it('is resolved everywhere when its provider archives it', async () => {
    const later = new Date(Date.now() + 1_000).toISOString();
    const archived = importedFinding('everywhere-1', { RecordState: 'ARCHIVED', UpdatedAt: later });
    await world.stage.play.importFindings([archived]);
    await world.quiet();
    await world.runs.invoke('tell-due', {});
    const { doubles } = world;
    await eventually('a resolved incident of PagerDuty', async () =>
      mine(doubles.pagerduty.alerts(), 'everywhere-1').find(({ status }) => status === 'resolved'),
    );
    const issue = await eventually('a done issue', async () =>
      mine(doubles.jira.issues(), 'everywhere-1').find(({ status }) => status.category === 'done'),
    );
    expect(issue.events.map(({ kind }) => kind)).toContain('transition');
    const messages = await eventually('a second message', async () => {
      const all = mine(await world.stage.messages(world.names.AlertsTopicArn), 'everywhere-1');
      return all.length > 1 ? all : undefined;
    });
    expect(messages.map(({ subject }) => subject?.split(':')[0])).toEqual([
      '[Riposte] CRITICAL',
      '[Riposte] RESOLVED',
    ]);
  });
});

describe('a finding that a compensating control covers', () => {
  it('is suppressed with a note that names the control, and nobody is told', async () => {
    await world.stage.play.importFindings([importedFinding('accepted-1')]);
    const finding = await eventually('a suppressed finding', async () => {
      const found = await findingNamed('accepted-1');
      return found?.Workflow?.Status === 'SUPPRESSED' ? found : undefined;
    });
    expect(finding.Note?.Text).toContain('tolerated until the move (compensating control: WAF-7)');
    const heard = await heardOf('accepted-1');
    expect(Object.values(heard).flat()).toEqual([]);
  });
});

describe('a finding that Security Hub has in both formats', () => {
  it('is told and ticketed once, and changed in both', async () => {
    await world.stage.play.importFindings([importedFinding('twins-1')]);
    const filter = { Value: 'twins-1', Comparison: 'EQUALS' as const };
    const StringFilters = [{ FieldName: 'finding_info.uid' as const, Filter: filter }];
    const Filters = { CompositeFilters: [{ StringFilters }] };
    const twin = await eventually('a raised OCSF finding', async () => {
      const { Findings = [] } = await hub.send(new GetFindingsV2Command({ Filters }));
      const found = Object(Findings[0]);
      return found.severity === 'Critical' ? found : undefined;
    });
    expect(twin).toMatchObject({
      status: 'In Progress',
      comment: 'Riposte: looked after (e2e/twins)',
    });
    await world.quiet();
    expect(await findingNamed('twins-1')).toMatchObject({
      Severity: { Label: 'CRITICAL' },
      Workflow: { Status: 'NOTIFIED' },
    });
    const { topic, jira } = await heardOf('twins-1');
    expect([topic.length, jira.length]).toEqual([1, 1]);
  });
});

describe('a finding that no rule wants', () => {
  it('leaves nothing behind', async () => {
    const before = world.stage.calls().length;
    await world.stage.play.importFindings([importedFinding('nobody-1')]);
    await world.quiet();
    const calls = world.stage
      .calls()
      .slice(before)
      .filter(({ appId }) => appId?.startsWith('riposte-'));
    expect(new Set(calls.map(({ operation }) => operation))).toEqual(new Set(['BatchGetItem']));
  });
});
