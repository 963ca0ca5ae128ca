import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type JiraDoubleOptions,
  type ServiceNowDoubleOptions,
  startJiraDouble,
  startServiceNowDouble,
} from '@riposte/local-stage';
import { jiraSender } from '@riposte/service-finding-router/src/tickets/jira-sender.ts';
import { jiraTaken } from '@riposte/service-finding-router/src/tickets/jira-taken.ts';
import { serviceNowSender } from '@riposte/service-finding-router/src/tickets/servicenow-sender.ts';
import { serviceNowTaken } from '@riposte/service-finding-router/src/tickets/servicenow-taken.ts';
import type {
  JiraChannel,
  ServiceNowChannel,
} from '@riposte/service-finding-router/src/tickets/ticket-deps.ts';
import { deps, failureOf, sending } from './ticket-fixture.ts';

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

const email = 'bot@example.com';
const token = 'ATATT-hush-hush';
const asked = { ticketKey: 'ticket-1', reference: 'SEC-1' };

async function jira(options: Partial<JiraDoubleOptions> = {}) {
  const { edition = 'cloud' } = options;
  const double = await startJiraDouble({ edition, email, token, project: 'SEC', ...options });
  stop = double.stop;
  const channel: JiraChannel = {
    ...{ name: 'tracker', type: 'jira', url: double.url, edition, project: 'SEC' },
    ...{ issueType: 'Task', secret: 'riposte/jira' },
  };
  const secret = edition === 'cloud' ? { email, token } : { token };
  const send = sending(jiraSender(deps), channel, secret);
  const ask = (tickets = [asked]) => jiraTaken(deps)(tickets, channel, secret);
  return { double, send, ask };
}

describe.each(['cloud', 'data-center'] as const)('who has an issue in Jira (%s)', (edition) => {
  const ada = { id: 'u-1', displayName: 'Ada "the <first>"' };

  it('is nobody at first', async () => {
    const { send, ask } = await jira({ edition });
    expect(await send()).toMatchObject({ begins: { standing: {} } });
    expect(await ask()).toEqual([]);
  });

  it('is whoever it is assigned to, and says that it is worked on', async () => {
    const { double, send, ask } = await jira({ edition });
    await send();
    double.assign('SEC-1', ada);
    const held = { reference: 'SEC-1', name: 'SEC-1', assignee: ada.displayName };
    expect(await ask()).toEqual([{ ...held, standing: { assignee: 'u-1' } }]);
    double.move('SEC-1', 'In Progress');
    const standing = { assignee: 'u-1', inProgress: 'In Progress' };
    expect(await ask()).toEqual([{ ...held, standing }]);
    double.assign('SEC-1');
    expect(await ask()).toMatchObject([{ standing: { inProgress: 'In Progress' } }]);
  });

  it('is nobody of one that is done or deleted; others are told all the same', async () => {
    const { double, send, ask } = await jira({ edition });
    for (const ticketKey of ['ticket-1', 'ticket-2', 'ticket-3'])
      await send({ id: ticketKey, ticketKey });
    for (const key of ['SEC-1', 'SEC-2', 'SEC-3']) double.assign(key, ada);
    double.move('SEC-1', 'Done');
    double.remove('SEC-2');
    const all = [1, 2, 3].map((n) => ({ ticketKey: `ticket-${n}`, reference: `SEC-${n}` }));
    expect(await ask(all)).toMatchObject([{ reference: 'SEC-3' }]);
    expect(double.requests().filter(({ path }) => path.includes('/search')).length).toBe(4);
  });

  it('is told with the ticket where the project gives new ones to somebody', async () => {
    const { send } = await jira({ edition, defaultAssignee: ada });
    expect(await send()).toMatchObject({ begins: { standing: { assignee: 'u-1' } } });
    expect(await send({ action: 'comment', comment: 'x', reference: 'SEC-1' })).not.toHaveProperty(
      'begins',
    );
  });

  it('is told anew where a ticket is opened again, or takes the place of one that is gone', async () => {
    const { double, send } = await jira({ edition });
    await send();
    double.assign('SEC-1', ada);
    await send({ action: 'resolve', reference: 'SEC-1' });
    const again = await send({ action: 'reopen', reference: 'SEC-1' });
    expect(again).toMatchObject({ begins: { standing: { assignee: 'u-1' } } });
    double.remove('SEC-1');
    const next = await send({ action: 'comment', comment: 'x', reference: 'SEC-1' });
    expect(next).toMatchObject({ reference: 'SEC-2', begins: { standing: {} } });
  });

  it('is not known where Jira does not say it, and the ticket counts all the same', async () => {
    const { double, send, ask } = await jira({ edition });
    double.faults.add({ method: 'GET', path: /\/issue\/SEC-1$/, status: 502, count: 1 });
    expect(await send()).toMatchObject({ reference: 'SEC-1', begins: {} });
    double.faults.add({ path: /search/, status: 429, retryAfter: 7, count: 1 });
    expect(await failureOf(ask())).toMatchObject({ name: 'ChannelBusyError' });
    double.faults.add({ path: /search/, reset: true, count: 1 });
    expect(await failureOf(ask())).toMatchObject({ name: 'ChannelDownError' });
  });
});

const password = 'p-hush-hush';

async function serviceNow(options: Partial<ServiceNowDoubleOptions> = {}) {
  const people = { 'u-1': 'Ada' };
  const double = await startServiceNowDouble({ user: 'riposte', password, people, ...options });
  stop = double.stop;
  const channel: ServiceNowChannel = {
    ...{ name: 'tracker', type: 'servicenow', url: double.url, secret: 'riposte/servicenow' },
  };
  const secret = { user: 'riposte', password };
  const send = sending(serviceNowSender(deps), channel, secret);
  const ask = async (references?: readonly string[]) => {
    const ids = references ?? double.incidents().map(({ sysId }) => sysId);
    const tickets = ids.map((reference) => ({ ticketKey: 'ticket-1', reference }));
    return await serviceNowTaken(deps)(tickets, channel, secret);
  };
  return { double, send, ask };
}

describe('who has an incident in ServiceNow', () => {
  it('is nobody at first', async () => {
    const { send, ask } = await serviceNow();
    expect(await send()).toMatchObject({ begins: { standing: {} } });
    expect(await ask()).toEqual([]);
  });

  it('is whoever it is assigned to, and says that it is worked on', async () => {
    const { double, send, ask } = await serviceNow();
    const { reference = '' } = await send();
    double.change(reference, { assigned_to: 'u-1' });
    const held = { reference, name: 'INC0010001', assignee: 'Ada' };
    expect(await ask()).toEqual([{ ...held, standing: { assignee: 'u-1' } }]);
    double.change(reference, { state: '2', assigned_to: 'u-2' });
    const standing = { assignee: 'u-2', inProgress: '2' };
    expect(await ask()).toEqual([{ reference, name: 'INC0010001', standing }]);
    double.change(reference, { state: '3', assigned_to: '' });
    expect(await ask()).toMatchObject([{ standing: { inProgress: '3' } }]);
  });

  it('is nobody of one that is resolved, closed or deleted; of others it is not asked', async () => {
    const { double, send, ask } = await serviceNow();
    const references: string[] = [];
    for (const ticketKey of ['ticket-1', 'ticket-2', 'ticket-3', 'ticket-4', 'ticket-5']) {
      const { reference = '' } = await send({ id: ticketKey, ticketKey });
      references.push(reference);
      double.change(reference, { assigned_to: 'u-1' });
    }
    const [resolved = '', closed = '', gone = '', open = ''] = references;
    double.change(resolved, { state: '6' });
    double.change(closed, { state: '7' });
    double.remove(gone);
    expect(await ask([resolved, closed, gone, open])).toMatchObject([{ reference: open }]);
  });

  it('is told with the ticket where a rule of its own gives it to somebody', async () => {
    const { send } = await serviceNow({ assignedTo: 'u-1' });
    expect(await send()).toMatchObject({ begins: { standing: { assignee: 'u-1' } } });
  });

  it('is told anew where it is opened again, which puts it in progress', async () => {
    const { send } = await serviceNow();
    const { reference = '' } = await send();
    await send({ action: 'resolve', reference });
    expect(await send({ action: 'reopen', reference })).toMatchObject({
      begins: { standing: { inProgress: '2' } },
    });
  });

  it('is not known while the instance sleeps', async () => {
    const { double, send, ask } = await serviceNow();
    await send();
    double.hibernate(true);
    expect(await failureOf(ask())).toMatchObject({ name: 'ChannelDownError' });
  });
});
