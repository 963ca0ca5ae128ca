import { setTimeout as sleep } from 'node:timers/promises';
import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../guard/eventually.ts';
import { lookSettings } from '../guard/look-settings.ts';
import { riposte } from '../guard/riposte-command.ts';
import { importedFinding } from './findings.ts';
import { openRouterWorld, type RouterWorld } from './router-world.ts';
import { buttonOf, clickButton } from './slack-click.ts';

jest.setTimeout(180_000);

const rules = `pack: notifying
rules:
  - name: together
    order: 10
    when: { asff: { GeneratorId: [{ Comparison: EQUALS, Value: together }] } }
    then:
      - notify:
          channel: slack
          group: { by: [type], wait: 5s, interval: 1s }
          escalate: [{ after: 2s, channel: pagerduty }]
  - name: limited
    order: 20
    when: { asff: { GeneratorId: [{ Comparison: EQUALS, Value: limited }] } }
    then: [{ notify: { channel: webhook, group: { by: [finding], wait: 0s, interval: 1s } } }]
  - name: quiet
    order: 30
    when: { asff: { GeneratorId: [{ Comparison: EQUALS, Value: quiet }] } }
    then: [{ notify: { channel: topic, group: { by: [finding], wait: 0s, interval: 1s } } }]
  - name: ticketed
    order: 40
    when: { asff: { GeneratorId: [{ Comparison: EQUALS, Value: ticketed }] } }
    then:
      - ticket: { channel: jira }
      - notify:
          channel: teams
          group: { by: [finding], wait: 0s, interval: 1s }
          escalate: [{ after: 15s, channel: topic }]
`;

const together = ['together-1', 'together-2', 'together-3'];
const limited = Array.from({ length: 12 }, (_, at) => `limited-${at}`);

let world: RouterWorld;
let hub: SecurityHubClient;
beforeAll(async () => {
  world = await openRouterWorld({
    rules: { 'notifying.rules.yaml': rules },
    channels: { webhook: { maxPerHour: 2 } },
  });
  hub = new SecurityHubClient(lookSettings(world.stage));
  await play('limited', limited);
}, 600_000);
afterAll(async () => {
  hub?.destroy();
  await world?.stop();
});

function play(kind: string, ids: readonly string[], changes: object = {}) {
  return world.stage.play.importFindings(
    ids.map((id) => importedFinding(id, { GeneratorId: kind, ...changes })),
  );
}

/** Lets a minute's schedule run until there is something. */
function inTime<T>(what: string, read: () => T | undefined, limitMs = 60_000): Promise<T> {
  return eventually(
    what,
    async () => {
      await world.runs.invoke('tell-due', {});
      return read();
    },
    limitMs,
  );
}

const slackMessages = () =>
  world.doubles.slack
    .messages()
    .filter(({ text, blocks }) => JSON.stringify([text, blocks]).includes('together-'));

const workflows = async (ids: readonly string[]) => {
  const Filters = { Id: ids.map((Value) => ({ Value, Comparison: 'EQUALS' as const })) };
  const { Findings = [] } = await hub.send(new GetFindingsCommand({ Filters }));
  return Findings.map(({ Workflow }) => Workflow?.Status);
};

const aboutQuiet = async () => {
  const all = await world.stage.messages(world.names.AlertsTopicArn);
  return all.filter((message) => JSON.stringify(message).includes('quiet-1'));
};

describe('a silence', () => {
  it('is added by a command, and keeps quiet about what it matches', async () => {
    const matcher = 'rule=notifying/quiet';
    const why = ['--for', '1h', '--reason', 'moved today'];
    const added = await riposte(world.stage, 'silences', 'add', matcher, ...why);
    expect(added).toMatchObject({ status: 0, out: expect.stringMatching(/^sil-/) });
    await play('quiet', ['quiet-1']);
    await world.quiet();
    await world.runs.invoke('tell-due', {});
    await world.quiet();
    expect(await aboutQuiet()).toEqual([]);
  });

  it('is listed, and ended by another', async () => {
    const { out } = await riposte(world.stage, 'silences', 'list', '--json');
    const [silence] = Object(JSON.parse(out)).silences;
    expect(silence).toMatchObject({ status: 'active', reason: 'moved today' });
    const ended = await riposte(world.stage, 'silences', 'expire', silence.id);
    expect(ended).toMatchObject({ status: 0, out: expect.stringContaining('Ended') });
  });
});

describe('findings of one group', () => {
  it('are told in one message', async () => {
    await play('together', together);
    const message = await inTime('a message', () => slackMessages()[0]);
    for (const id of together) expect(JSON.stringify(message.blocks)).toContain(id);
  });

  it('wake the next channel, once, where nobody acknowledges them', async () => {
    const { pagerduty } = world.doubles;
    await inTime('an escalation', () => pagerduty.alerts()[0]);
    await world.runs.invoke('tell-due', {});
    await world.quiet();
    expect(pagerduty.alerts()).toMatchObject([{ status: 'triggered' }]);
    expect(slackMessages()).toHaveLength(1);
  });

  it('are not acknowledged by somebody whom Slack does not vouch for', async () => {
    const value = buttonOf(slackMessages()[0] ?? { blocks: [] }) ?? '';
    const forged = await clickButton(world, value, 'f'.repeat(32));
    expect(forged).toEqual({ status: 401, said: [] });
  });

  it('are acknowledged by a click, in Security Hub too, and everybody who heard of them hears of it', async () => {
    const value = buttonOf(slackMessages()[0] ?? { blocks: [] }) ?? '';
    expect(await clickButton(world, value)).toEqual({
      status: 200,
      said: [expect.stringMatching(/^You acknowledged this/)],
    });
    await eventually('findings that are notified', async () => {
      const all = await workflows(together);
      return all.every((one) => one === 'NOTIFIED') || undefined;
    });
    const { pagerduty } = world.doubles;
    await inTime('an acknowledged incident', () =>
      pagerduty.alerts().find(({ status }) => status === 'acknowledged'),
    );
    const told = await inTime('an acknowledgement in Slack', () => slackMessages()[1]);
    expect(JSON.stringify(told)).toContain('ada');
    expect(await clickButton(world, value)).toMatchObject({
      said: [expect.stringMatching(/^ada acknowledged this/)],
    });
  });

  it('are told once more when they end, and that is all', async () => {
    await world.quiet();
    await world.runs.invoke('tell-due', {});
    await world.quiet();
    expect(slackMessages()).toHaveLength(2);
    const UpdatedAt = new Date(Date.now() + 1_000).toISOString();
    await play('together', together, { RecordState: 'ARCHIVED', UpdatedAt });
    await world.quiet();
    const { pagerduty } = world.doubles;
    await inTime('a resolved incident', () =>
      pagerduty.alerts().find(({ status }) => status === 'resolved'),
    );
    await world.quiet();
    const texts = slackMessages().map(({ text }) => text);
    expect(texts.filter((text) => text.includes('RESOLVED')).length).toBeGreaterThan(0);
    expect(pagerduty.alerts()).toHaveLength(1);
  });
});

describe('a finding whose ticket somebody takes', () => {
  const ada = { id: 'u-1', displayName: 'Ada <b>' };
  const ticketOf = (id: string) =>
    world.doubles.jira.issues().find(({ fields }) => JSON.stringify(fields).includes(id));
  const escalated = async (id: string) => {
    const all = await world.stage.messages(world.names.AlertsTopicArn);
    return all.filter((message) => JSON.stringify(message).includes(id));
  };

  it('is acknowledged, in Security Hub with a note, and wakes nobody', async () => {
    await play('ticketed', ['ticketed-1']);
    const { key } = await eventually('a ticket', async () => ticketOf('ticketed-1'));
    await world.quiet();
    world.doubles.jira.assign(key, ada);
    expect(await world.runs.invoke('follow-tickets', {})).toBe(1);
    const finding = await eventually('a finding that is notified', async () => {
      const Filters = { Id: [{ Value: 'ticketed-1', Comparison: 'EQUALS' as const }] };
      const { Findings = [] } = await hub.send(new GetFindingsCommand({ Filters }));
      return Findings.find(({ Workflow }) => Workflow?.Status === 'NOTIFIED');
    });
    expect(finding.Note?.Text).toContain(`Ada <b> has taken ${key} (jira)`);
    const posts = () =>
      world.doubles.teams.requests().filter(({ body }) => body.includes('ticketed-1'));
    const told = await inTime('an acknowledgement in Teams', () => posts()[1]);
    expect(told.body).toContain('Ada');
    // As long as it would take to wake somebody.
    await sleep(15_000);
    await world.runs.invoke('tell-due', {});
    await world.quiet();
    expect(await escalated('ticketed-1')).toEqual([]);
  });

  it('escalates while the ticket system says nothing', async () => {
    const { jira } = world.doubles;
    await play('ticketed', ['ticketed-2']);
    const { key } = await eventually('a ticket', async () => ticketOf('ticketed-2'));
    await world.quiet();
    jira.assign(key, ada);
    jira.faults.add({ method: 'GET', path: /search/, status: 503 });
    await eventually('an escalation', async () => {
      await world.runs.invoke('follow-tickets', {});
      await world.runs.invoke('tell-due', {});
      return (await escalated('ticketed-2'))[0];
    });
    expect(await workflows(['ticketed-2'])).toEqual(['NEW']);
  });
});

describe('a channel with a limit', () => {
  it('gets what is over as one digest', async () => {
    const { webhook } = world.doubles;
    await inTime('a digest', () => webhook.deliveries()[1], 120_000);
    await world.quiet();
    const bodies = webhook.deliveries().map(({ body }) => Object(body));
    expect(bodies.map(({ collected, total }) => ({ collected, total }))).toEqual([
      { total: 1 },
      { collected: limited.length - 1, total: limited.length - 1 },
    ]);
    expect(webhook.duplicates()).toBe(0);
  });
});

describe('what a silence held back', () => {
  it('is told within a minute after its end', async () => {
    const told = await eventually(
      'a message',
      async () => {
        await world.runs.invoke('tell-due', {});
        const all = await aboutQuiet();
        return all.length > 0 ? all : undefined;
      },
      90_000,
    );
    expect(told).toHaveLength(1);
  });
});

describe('what went wrong', () => {
  it('is nothing', async () => {
    expect(await world.deadLetters()).toEqual([]);
  });
});
