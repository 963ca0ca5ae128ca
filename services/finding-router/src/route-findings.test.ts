import { describe, expect, it } from '@jest/globals';
import { asffFinding, ocsfFinding } from '@riposte/testing';
import type { QueuedMessage } from './finding-state.ts';
import { asffEvent, ocsfEvent, routeWorld, ruleThat } from './testing/route-world.ts';

const tell = ruleThat('tell', { notify: { channel: 'soc' } });
const ticket = ruleThat('ticket', { ticket: { channel: 'tickets' } });
const raise = ruleThat('raise', { update: { severity: 'CRITICAL' } });

const kinds = (messages: readonly QueuedMessage[]) =>
  messages.map(
    ({ queue, body }) => `${queue} ${body.action ?? Object(body.alert).status ?? body.kind}`,
  );
const later = '2026-11-25T11:00:00.000Z';
const changed = (changes: object) => asffFinding({ UpdatedAt: later, ...changes });

describe('a finding that a rule matches', () => {
  it('leaves once, however often its event comes', async () => {
    const world = routeWorld(() => [tell, ticket]);
    const event = asffEvent(asffFinding());
    expect(await world.route(event, event)).toEqual(new Map());
    await world.route(event);
    expect(kinds(world.sent)).toEqual(['alerts open', 'jira open']);
  });

  it('leaves nothing when it is republished with nothing new that a rule names', async () => {
    const world = routeWorld(() => [tell, ticket]);
    await world.route(asffEvent(asffFinding()));
    await world.route(
      asffEvent(changed({ Note: { Text: 'looked at', UpdatedBy: 'ana', UpdatedAt: later } })),
    );
    await world.route(asffEvent(changed({ UpdatedAt: '2026-11-25T12:00:00.000Z' })));
    expect(world.sent).toHaveLength(2);
  });

  it('is told, commented, resolved and reopened as it changes', async () => {
    const world = routeWorld(() => [tell, ticket]);
    await world.route(asffEvent(asffFinding()));
    await world.route(asffEvent(changed({ Severity: { Label: 'HIGH' } })));
    await world.route(
      asffEvent(changed({ UpdatedAt: '2026-11-25T12:00:00.000Z', RecordState: 'ARCHIVED' })),
    );
    await world.route(asffEvent(changed({ UpdatedAt: '2026-11-25T13:00:00.000Z' })));
    expect(kinds(world.sent)).toEqual([
      ...['alerts open', 'jira open', 'alerts open', 'jira comment'],
      ...['alerts resolved', 'jira resolve', 'alerts open', 'jira reopen'],
    ]);
    const keys = world.sent
      .filter(({ queue }) => queue === 'jira')
      .map(({ body }) => body.ticketKey);
    expect(new Set(keys).size).toBe(1);
    expect(new Set(world.sent.map(({ id }) => id)).size).toBe(8);
  });

  it('is an alert and a ticket no more when the rule does not match any longer', async () => {
    const world = routeWorld(({ title }) => (title.includes('disabled') ? [tell, ticket] : []));
    await world.route(asffEvent(asffFinding()));
    await world.route(asffEvent(changed({ Title: 'all well' })));
    await world.route(
      asffEvent(changed({ UpdatedAt: '2026-11-25T12:00:00.000Z', Title: 'disabled' })),
    );
    expect(kinds(world.sent).slice(2)).toEqual([
      ...['alerts withdraw', 'jira resolve', 'alerts open', 'jira reopen'],
    ]);
  });

  it('is not told of when it is closed already', async () => {
    const world = routeWorld(() => [tell, ticket]);
    await world.route(asffEvent(asffFinding({ Workflow: { Status: 'SUPPRESSED' } })));
    expect(world.sent).toEqual([]);
  });

  it('is not told of when a rule suppresses it in the same breath', async () => {
    const suppress = ruleThat('suppress', { suppress: { reason: 'known', control: 'WAF' } });
    const world = routeWorld(() => [suppress, tell]);
    await world.route(asffEvent(asffFinding()));
    expect(kinds(world.sent)).toEqual(['updates update']);
    expect(world.sent[0]?.body.update).toMatchObject({ workflow: 'SUPPRESSED' });
  });
});

describe('an update of a finding', () => {
  it('is asked for once, and not again when an analyst decides otherwise', async () => {
    const world = routeWorld(() => [raise]);
    await world.route(asffEvent(asffFinding()));
    await world.route(
      asffEvent(asffFinding({ Severity: { Label: 'CRITICAL' } }), '2026-11-25T10:00:05Z'),
    );
    await world.route(
      asffEvent(asffFinding({ Severity: { Label: 'LOW' } }), '2026-11-25T10:09:00Z'),
    );
    expect(kinds(world.sent)).toEqual(['updates update']);
  });

  it('is asked for again when the provider opens the finding again', async () => {
    const world = routeWorld(() => [raise]);
    await world.route(asffEvent(asffFinding()));
    await world.route(asffEvent(changed({ RecordState: 'ARCHIVED' })));
    await world.route(asffEvent(changed({ UpdatedAt: '2026-11-25T12:00:00.000Z' })));
    expect(world.sent).toHaveLength(3);
  });

  it('carries what enrichment found out, and the alert says it', async () => {
    const enrich = ruleThat('enrich', { enrich: { with: ['owner', 'risk'] } });
    const world = routeWorld(() => [enrich, tell]);
    await world.route(asffEvent(asffFinding()));
    const [update, alert] = world.sent;
    expect(update?.body.update).toEqual({ userDefinedFields: { 'riposte:team': 'red' } });
    expect(Object(alert?.body.alert).facts).toMatchObject({ team: 'red', riskScore: 70 });
  });
});

describe('copies and order', () => {
  it('are one finding in ASFF and in OCSF: told once, updated in both', async () => {
    const world = routeWorld(() => [tell, raise]);
    await world.route(asffEvent(asffFinding()));
    await world.route(ocsfEvent(ocsfFinding()));
    expect(kinds(world.sent)).toEqual(['updates update', 'alerts open', 'updates update']);
    const formats = world.sent
      .filter(({ queue }) => queue === 'updates')
      .map(({ body }) => Object(body.finding).format);
    expect(formats).toEqual(['asff', 'ocsf']);
  });

  it('of which one copy alone matches keep the alert that the other does not know', async () => {
    const world = routeWorld(({ format }) => (format === 'asff' ? [tell] : []));
    await world.route(asffEvent(asffFinding()));
    await world.route(ocsfEvent(ocsfFinding()));
    expect(kinds(world.sent)).toEqual(['alerts open']);
  });

  it('are looked at oldest first within a batch, and not at all when they come too late', async () => {
    const world = routeWorld(() => [tell]);
    const first = asffEvent(asffFinding());
    const closed = asffEvent(changed({ RecordState: 'ARCHIVED' }));
    await world.route(closed, first);
    await world.route(first);
    expect(kinds(world.sent)).toEqual(['alerts open', 'alerts resolved']);
  });
});

describe('a failure', () => {
  it('between writing and sending repeats the same messages, and loses none', async () => {
    const world = routeWorld(() => [tell, ticket]);
    world.failSends = 1;
    const event = asffEvent(asffFinding());
    const failures = await world.route(event);
    expect([...failures.keys()]).toEqual(['m-0']);
    const [pending] = [...world.states.values()].map((state) => state.pending);
    expect(await world.route(event)).toEqual(new Map());
    expect(world.sent).toEqual(pending);
    expect([...world.states.values()][0]?.pending).toEqual([]);
  });

  it('to be the first to write is mended by reading again', async () => {
    const world = routeWorld(() => [tell]);
    world.overtake = 1;
    expect(await world.route(asffEvent(asffFinding()))).toEqual(new Map());
    expect(kinds(world.sent)).toEqual(['alerts open']);
  });

  it('of one event leaves the others alone, and names the field', async () => {
    const world = routeWorld(() => [tell]);
    const failures = await world.route(
      asffEvent(asffFinding({ Id: undefined })),
      asffEvent(asffFinding()),
    );
    expect([...failures.keys()]).toEqual(['m-0']);
    expect(failures.get('m-0')).toMatchObject({ path: 'detail.findings.0.Id', retryable: false });
    expect(world.sent).toHaveLength(1);
  });

  it('is no event of another kind that gets here', async () => {
    const world = routeWorld(() => [tell]);
    const failures = await world.route({ ...asffEvent({}), source: 'aws.ec2', 'detail-type': 'x' });
    expect(failures.get('m-0')).toMatchObject({ name: 'UnknownEventError' });
  });
});
