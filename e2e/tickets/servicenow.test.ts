import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type ServiceNowDouble,
  type ServiceNowDoubleOptions,
  startServiceNowDouble,
} from '@riposte/local-stage';
import { serviceNowSender } from '@riposte/service-finding-router/src/tickets/servicenow-sender.ts';
import type {
  ServiceNowChannel,
  TicketDeps,
} from '@riposte/service-finding-router/src/tickets/ticket-deps.ts';
import { deps, failureOf, finding, sending, untilSent } from './ticket-fixture.ts';

let instance: ServiceNowDouble | undefined;
afterEach(() => instance?.stop());

const user = 'riposte';
const password = 'hush-hush';

async function start(
  options: Partial<ServiceNowDoubleOptions> = {},
  moreDeps: Partial<TicketDeps> = {},
) {
  const started = await startServiceNowDouble({ user, password, ...options });
  instance = started;
  const sender = serviceNowSender({ ...deps, ...moreDeps });
  const settings: ServiceNowChannel = {
    ...{ name: 'tracker', type: 'servicenow', url: started.url, secret: 'riposte/servicenow' },
  };
  return { now: started, send: sending(sender, settings, { user, password }) };
}

const eventsOf = (double: ServiceNowDouble, index = 0) =>
  (double.incidents()[index]?.events ?? []).map(({ kind, text }) => [kind, text]);

describe('an incident in ServiceNow', () => {
  it('is opened with what finds it again, and an address', async () => {
    const { now, send } = await start();
    const receipt = await send();
    const [incident] = now.incidents();
    expect(receipt.reference).toBe(incident?.sysId);
    expect(receipt.url).toBe(`${now.url}/nav_to.do?uri=incident.do%3Fsys_id%3D${incident?.sysId}`);
    expect(incident?.fields).toEqual({
      ...{ state: '1', impact: '1', urgency: '1' },
      short_description: 'CRITICAL: Crypto mining',
      description: expect.stringContaining('Severity: CRITICAL\nAccount: 111122223333\n'),
      correlation_id: expect.stringMatching(/^riposte-[0-9a-f]{32}$/),
      correlation_display: expect.stringMatching(/^Riposte [0-9a-f]{10}$/),
    });
    expect(incident?.fields.description).toContain(finding.url);
  });

  it.each([
    ['CRITICAL', '1', '1'],
    ['HIGH', '2', '1'],
    ['MEDIUM', '2', '2'],
    ['LOW', '3', '2'],
    ['INFORMATIONAL', '3', '3'],
  ] as const)('of severity %s has impact %s and urgency %s', async (severity, impact, urgency) => {
    const { now, send } = await start();
    await send({ finding: { ...finding, severity } });
    expect(now.incidents()[0]?.fields).toMatchObject({ impact, urgency });
  });

  it('has the fields of channel and command, which win over impact and urgency', async () => {
    const { now, send } = await start();
    const impact = { bySeverity: { CRITICAL: 3 } };
    const fields = { impact, category: 'software', assignment_group: 'soc' };
    await send({ fields: { category: 'security' } }, { fields });
    expect(now.incidents()[0]?.fields).toMatchObject({
      ...{ impact: '3', urgency: '1', category: 'security', assignment_group: 'soc' },
    });
  });

  it('is opened once, however often it is asked for', async () => {
    const { now, send } = await start();
    const first = await send();
    expect(await send()).toEqual(first);
    expect(await send(first)).toEqual(first);
    expect(now.incidents()).toHaveLength(1);
    expect(eventsOf(now)).toHaveLength(1);
  });

  it('is told of another finding that belongs to it', async () => {
    const { now, send } = await start();
    await send();
    await send({ id: 'open 2', title: 'Another instance', body: 'i-2' });
    expect(eventsOf(now)[1]).toEqual(['work_notes', 'Another instance\n\ni-2']);
  });

  it('lives: notes, resolved, reopened, in order, each once', async () => {
    const { now, send } = await start();
    const { reference = '' } = await send();
    for (const step of [
      { action: 'comment', comment: 'Severity is HIGH.' },
      { action: 'resolve', comment: 'The finding is closed.' },
      { action: 'reopen', comment: 'The finding is open again.' },
    ] as const) {
      await send({ ...step, reference });
      await send(step);
    }
    expect(eventsOf(now)).toEqual([
      ['created', 'CRITICAL: Crypto mining'],
      ['work_notes', 'Severity is HIGH.'],
      ['state', '6'],
      ['work_notes', 'The finding is closed.'],
      ['state', '2'],
      ['work_notes', 'The finding is open again.'],
    ]);
    expect(now.incidents()[0]?.fields).toMatchObject({
      close_code: 'Solution provided',
      close_notes: 'The finding is closed.',
    });
    await send({ action: 'resolve', comment: 'The finding is closed.' });
    expect(now.incidents()[0]?.fields.state).toBe('2');
  });

  it('is resolved with the close code of the channel', async () => {
    const { now, send } = await start();
    const fields = { close_code: 'Resolved by change', close_notes: 'See the finding.' };
    await send({}, { fields });
    expect(now.incidents()[0]?.fields).not.toHaveProperty('close_code');
    await send({ action: 'resolve' }, { fields });
    expect(now.incidents()[0]?.fields).toMatchObject(fields);
  });

  it('remembers the last commands in a field of a hundred characters', async () => {
    const { now, send } = await start();
    await send();
    const comments = Array.from({ length: 12 }, (_, index) => `${index}`);
    for (const comment of comments) await send({ action: 'comment', comment });
    for (const comment of comments.slice(-8)) await send({ action: 'comment', comment });
    expect(eventsOf(now)).toHaveLength(13);
    expect(now.incidents()[0]?.fields.correlation_display?.length).toBeLessThanOrEqual(100);
  });

  it('has no command twice whose answer was lost', async () => {
    const { now, send } = await start({}, { lookAgain: [1] });
    now.faults.add({ method: 'POST', reset: true, afterEffect: true, count: 1 });
    const { reference = '' } = await send();
    expect(reference).toBe(now.incidents()[0]?.sysId);
    for (const action of ['comment', 'resolve', 'reopen'] as const) {
      const step = { action, comment: action, reference };
      now.faults.add({ method: 'PATCH', reset: true, afterEffect: true, count: 1 });
      expect((await failureOf(send(step))).name).toBe('ChannelDownError');
      await send(step);
    }
    expect(now.incidents()).toHaveLength(1);
    expect(eventsOf(now).map(([kind]) => kind)).toEqual([
      ...['created', 'work_notes', 'state', 'work_notes', 'state', 'work_notes'],
    ]);
  });

  it('that people resolved takes notes and stays resolved', async () => {
    const { now, send } = await start();
    const { reference = '' } = await send();
    now.change(reference, { state: '6' });
    await send({ action: 'comment', comment: 'changed', reference });
    await send({ action: 'resolve', comment: 'closed', reference });
    expect(now.incidents()).toMatchObject([{ fields: { state: '6' } }]);
    expect(eventsOf(now).filter(([kind]) => kind === 'work_notes')).toHaveLength(2);
  });

  it.each(['7', '8'])('in state %s is not reopened: a successor names it, once', async (state) => {
    const { now, send } = await start();
    const { reference = '' } = await send();
    now.change(reference, { state });
    const reopen = { action: 'reopen', comment: 'again', reference } as const;
    const successor = await send(reopen);
    expect(successor.reference).not.toBe(reference);
    expect(await send(reopen)).toEqual(successor);
    expect(now.incidents()).toHaveLength(2);
    const text = now.incidents()[1]?.fields.description;
    expect(text).toContain(`Follows ${now.incidents()[0]?.number}, which takes no more.`);
    expect(text).toContain('again');
    await send({ action: 'comment', comment: 'more' });
    expect(eventsOf(now, 1)).toContainEqual(['work_notes', 'more']);
  });

  it('that people deleted gets a successor that names it; resolving needs none', async () => {
    const { now, send } = await start();
    const { reference = '' } = await send();
    now.remove(reference);
    expect(await send({ action: 'resolve', reference })).toEqual({});
    const comment = { action: 'comment', comment: 'changed', reference } as const;
    const successor = await send(comment);
    expect(await send(comment)).toEqual(successor);
    expect(now.incidents()).toHaveLength(2);
    expect(now.incidents()[1]?.fields.description).toContain(`Follows ${reference}`);
  });

  it('is nobody else’s: what a query finds without its condition is not taken', async () => {
    const { now, send } = await start({ hidesCorrelation: true });
    await send();
    await send({ ticketKey: 'ticket-2', id: 'open 2' });
    expect(now.incidents()).toHaveLength(2);
    expect(eventsOf(now)).toHaveLength(1);
  });

  it('shows hostile text literally', async () => {
    const { now, send } = await start();
    await send({ title: `[co\u0000de]<b>[/CODE]\n\u0007${'x'.repeat(300)}`, body: '\u202ea' });
    const comment = `[code]<script>[ / code ]\u0000${'y'.repeat(9_000)}`;
    await send({ action: 'comment', comment });
    const [incident] = now.incidents();
    expect(incident?.fields.short_description).toMatch(/^\(code\)<b>\(\/code\) x+…$/);
    expect(incident?.fields.short_description).toHaveLength(160);
    expect(incident?.fields.description).toContain('\\u{202e}a');
    expect(eventsOf(now)[1]?.[1]).toMatch(/^\(code\)<script>\(\/code\)y+…$/);
    expect(eventsOf(now)[1]?.[1]?.length).toBeLessThanOrEqual(4_000);
  });
});

describe('ServiceNow refuses', () => {
  it('a wrong password, and the error does not tell it', async () => {
    const { send } = await start();
    const failure = await failureOf(send({}, {}, { user, password: 'not-this-one' }));
    expect(failure).toMatchObject({
      name: 'DeliveryRefusedError',
      path: 'secret',
      message: expect.stringContaining('User Not Authenticated: Required to provide Auth'),
    });
    expect(JSON.stringify(failure) + failure.message).not.toContain('not-this-one');
  });

  it('an incident without what a data policy demands', async () => {
    const { send } = await start({ requiredFields: ['caller_id'] });
    expect(await failureOf(send())).toMatchObject({
      path: 'fields',
      message: expect.stringContaining('The following fields are mandatory: caller_id'),
    });
  });

  it('a change of state without a word, which is noticed', async () => {
    const { send } = await start({ keepsState: true });
    await send();
    expect(await failureOf(send({ action: 'resolve' }))).toMatchObject({
      path: 'fields.state',
      message: expect.stringContaining('INC0010001 stays in state 1 after resolve'),
    });
  });

  it.each([
    [403, 'secret'],
    [404, 'url'],
    [400, 'fields'],
  ])('with HTTP %i', async (status, path) => {
    const { now, send } = await start();
    now.faults.add({ method: 'POST', status, body: `<html>\u0007 ${password}` });
    const failure = await failureOf(send());
    expect(failure).toMatchObject({ name: 'DeliveryRefusedError', path });
    expect(failure.message).toContain('<html>\\u{7} [secret]');
  });

  it.each([
    [{}, 'secret.user'],
    [null, 'secret'],
    [{ user }, 'secret.password'],
    [{ token: 'hush\r\nx: y' }, 'secret.token'],
  ])('a secret like %j before anything is sent', async (secret, path) => {
    const { now, send } = await start();
    expect(await failureOf(send({}, {}, secret))).toMatchObject({ path });
    expect(now.requests()).toEqual([]);
  });

  it('no OAuth token that it gave out itself', async () => {
    const { now, send } = await start({ token: 'oauth' });
    await send({}, {}, { token: 'oauth' });
    expect(now.incidents()).toHaveLength(1);
  });
});

describe('ServiceNow in trouble', () => {
  it('asks to wait', async () => {
    const { now, send } = await start();
    now.faults.add({ status: 429, retryAfter: 11 });
    expect(await failureOf(send())).toMatchObject({
      name: 'ChannelBusyError',
      retryAfterSeconds: 11,
    });
  });

  it('sleeps, and makes nothing of what it is sent', async () => {
    const { now, send } = await start();
    now.hibernate(true);
    expect(await failureOf(send())).toMatchObject({
      name: 'ChannelDownError',
      message: expect.stringContaining('Instance Hibernating page'),
    });
    now.hibernate(false);
    await send();
    expect(now.incidents()).toHaveLength(1);
  });

  it.each([
    ['HTTP 500', { status: 500 }],
    ['a reset', { reset: true }],
    ['no answer', { hang: true }],
    ['JSON of another kind', { status: 200, body: { result: 'none' } }],
  ])('is down with %s', async (_, fault) => {
    const { now, send } = await start({}, { timeoutMs: 100 });
    now.faults.add(fault);
    expect((await failureOf(send())).name).toBe('ChannelDownError');
  });

  it('loses an incident between two requests, and is asked again', async () => {
    const { now, send } = await start();
    await send();
    now.faults.add({
      method: 'PATCH',
      status: 404,
      body: { error: { message: 'No Record found' } },
    });
    expect((await failureOf(send({ action: 'comment' }))).name).toBe('ChannelDownError');
  });

  it('gets every command once through a bad day', async () => {
    const { now, send } = await start({ seed: 11 }, { timeoutMs: 300, lookAgain: [1] });
    now.faults.add({ probability: 0.15, status: 503, retryAfter: 1 });
    now.faults.add({ probability: 0.15, reset: true, afterEffect: true });
    now.faults.add({ probability: 0.1, status: 500 });
    for (let ticket = 0; ticket < 10; ticket += 1) {
      for (const action of ['open', 'comment', 'resolve', 'reopen'] as const) {
        const command = { ticketKey: `t${ticket}`, action, id: `${ticket} ${action}` };
        await untilSent(() => send(command));
      }
    }
    expect(now.faults.hits()).toBeGreaterThan(20);
    expect(now.incidents()).toHaveLength(10);
    expect(now.duplicates()).toEqual([]);
    for (const { events } of now.incidents()) {
      expect(events.map(({ kind }) => kind)).toEqual([
        ...['created', 'work_notes', 'state', 'work_notes', 'state', 'work_notes'],
      ]);
    }
  });
});
