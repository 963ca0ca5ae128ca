import { afterEach, describe, expect, it } from '@jest/globals';
import { type JiraDouble, type JiraDoubleOptions, startJiraDouble } from '@riposte/local-stage';
import { jiraSender } from '@riposte/service-finding-router/src/tickets/jira-sender.ts';
import type {
  JiraChannel,
  TicketDeps,
} from '@riposte/service-finding-router/src/tickets/ticket-deps.ts';
import { deps, failureOf, sending, untilSent } from './ticket-fixture.ts';

let jira: JiraDouble | undefined;
afterEach(() => jira?.stop());

const email = 'bot@example.com';
const token = 'ATATT-hush-hush';

async function start(options: Partial<JiraDoubleOptions> = {}, moreDeps: Partial<TicketDeps> = {}) {
  const edition = options.edition ?? 'cloud';
  const started = await startJiraDouble({ edition, email, token, project: 'SEC', ...options });
  jira = started;
  const sender = jiraSender({ ...deps, ...moreDeps });
  const settings: JiraChannel = {
    ...{ name: 'tracker', type: 'jira', url: started.url, edition, project: 'SEC' },
    ...{ issueType: 'Task', secret: 'riposte/jira' },
  };
  const right = edition === 'cloud' ? { email, token } : { token };
  return { jira: started, send: sending(sender, settings, right) };
}

const commentsOf = (double: JiraDouble, index = 0) =>
  (double.issues()[index]?.comments ?? []).map((body) => double.textOf(body));

const mark = /riposte-command-[0-9a-f]{32}$/;

describe.each(['cloud', 'data-center'] as const)('a ticket in Jira (%s)', (edition) => {
  it('is opened with summary, description, label and address', async () => {
    const { jira: double, send } = await start({ edition });
    const receipt = await send();
    expect(receipt).toMatchObject({ reference: 'SEC-1', url: `${double.url}/browse/SEC-1` });
    const [issue] = double.issues();
    expect(issue?.fields.summary).toBe('CRITICAL: Crypto mining');
    const text = double.textOf(issue?.fields.description);
    expect(text).toContain('Severity: CRITICAL\nAccount: 111122223333\n');
    expect(text).toContain('Open in Security Hub');
    expect(text).toMatch(mark);
    expect(issue?.labels).toEqual([expect.stringMatching(/^riposte-[0-9a-f]{32}$/)]);
  });

  it('is opened once, however often it is asked for', async () => {
    const { jira: double, send } = await start({ edition });
    const first = await send();
    expect(await send()).toEqual(first);
    expect(await send({ reference: 'SEC-1' })).toEqual(first);
    expect(double.issues()).toHaveLength(1);
    expect(commentsOf(double)).toEqual([]);
  });

  it('is told of another finding that belongs to it', async () => {
    const { jira: double, send } = await start({ edition });
    await send();
    const other = { id: 'open 2', title: 'Another instance', body: 'i-2' };
    expect(await send(other)).toMatchObject({ reference: 'SEC-1' });
    await send(other);
    expect(commentsOf(double)).toEqual([expect.stringContaining('Another instance')]);
  });

  it('lives: comments, resolved, reopened, in order, each once', async () => {
    const { jira: double, send } = await start({ edition });
    const { reference = '' } = await send();
    for (const step of [
      { action: 'comment', comment: 'Severity is HIGH.' },
      { action: 'resolve', comment: 'The finding is closed.' },
      { action: 'reopen', comment: 'The finding is open again.' },
    ] as const) {
      await send({ ...step, reference });
      await send({ ...step, reference });
    }
    expect(double.issues()[0]?.events.map(({ kind, text }) => [kind, text.split('\n')])).toEqual([
      ['created', ['CRITICAL: Crypto mining']],
      ['comment', expect.arrayContaining(['Severity is HIGH.'])],
      ['transition', ['Done']],
      ['comment', expect.arrayContaining(['The finding is closed.'])],
      ['transition', ['To Do']],
      ['comment', expect.arrayContaining(['The finding is open again.'])],
    ]);
  });

  it('is not closed again by a repeated command after it was reopened', async () => {
    const { jira: double, send } = await start({ edition });
    await send();
    await send({ action: 'resolve', comment: 'closed' });
    await send({ action: 'reopen', comment: 'open' });
    await send({ action: 'resolve', comment: 'closed' });
    expect(double.issues()[0]?.status.name).toBe('To Do');
  });

  it('is finished by the next try where a step was lost in between', async () => {
    const { jira: double, send } = await start({ edition });
    await send();
    double.faults.add({ method: 'POST', path: /\/comment$/, reset: true, count: 1 });
    const resolve = { action: 'resolve', comment: 'closed' } as const;
    expect((await failureOf(send(resolve))).name).toBe('ChannelDownError');
    await send(resolve);
    double.faults.add({ method: 'POST', reset: true, afterEffect: true, count: 1 });
    const comment = { action: 'comment', comment: 'more' } as const;
    expect((await failureOf(send(comment))).name).toBe('ChannelDownError');
    await send(comment);
    const kinds = double.issues()[0]?.events.map(({ kind }) => kind);
    expect(kinds).toEqual(['created', 'transition', 'comment', 'comment']);
  });

  it('that people closed takes comments and stays closed', async () => {
    const { jira: double, send } = await start({ edition });
    await send();
    double.move('SEC-1', 'Done');
    await send({ action: 'comment', comment: 'changed', reference: 'SEC-1' });
    await send({ action: 'resolve', comment: 'closed', reference: 'SEC-1' });
    expect(double.issues()).toMatchObject([{ status: { name: 'Done' } }]);
    expect(commentsOf(double)).toHaveLength(2);
    expect(double.issues()[0]?.events.filter(({ kind }) => kind === 'transition')).toHaveLength(1);
  });

  it('that people closed gets a successor when something new opens it', async () => {
    const { jira: double, send } = await start({ edition });
    await send();
    double.move('SEC-1', 'Done');
    expect(await send()).toMatchObject({ reference: 'SEC-1' });
    expect(await send({ id: 'open 2' })).toMatchObject({ reference: 'SEC-2' });
    expect(await send({ id: 'open 2' })).toMatchObject({ reference: 'SEC-2' });
    expect(double.textOf(double.issues()[1]?.fields.description)).toContain('Follows SEC-1');
    expect(double.issues()).toHaveLength(2);
  });

  it('that people deleted gets a successor that names it, while the index still knows it', async () => {
    const { jira: double, send } = await start({ edition, searchDelay: 60 });
    await send();
    await deps.wait(80);
    double.remove('SEC-1');
    const comment = { action: 'comment', comment: 'changed', reference: 'SEC-1' } as const;
    expect(await send(comment)).toMatchObject({ reference: 'SEC-2' });
    const text = double.textOf(double.issues()[1]?.fields.description);
    expect(text).toContain('Follows SEC-1');
    expect(text).toContain('changed');
    await deps.wait(80);
    expect(await send(comment)).toMatchObject({ reference: 'SEC-2' });
    expect(double.issues()).toHaveLength(2);
    expect(commentsOf(double, 1)).toEqual([]);
    double.remove('SEC-2');
    expect(await send({ action: 'resolve', reference: 'SEC-2' })).toEqual({});
    expect(await send({ action: 'reopen', reference: 'SEC-2' })).toMatchObject({
      reference: 'SEC-3',
    });
  });

  it('is found by its reference while the index does not know it', async () => {
    const { jira: double, send } = await start({ edition, searchDelay: 60_000 });
    const { reference = '' } = await send();
    await send({ reference });
    await send({ action: 'comment', comment: 'changed', reference });
    expect(double.issues()).toHaveLength(1);
    expect(commentsOf(double)).toHaveLength(1);
  });

  it('whose making was not answered is looked for until the index knows it', async () => {
    const lookAgain = [20, 40, 80];
    const { jira: double, send } = await start({ edition, searchDelay: 50 }, { lookAgain });
    double.faults.add({ method: 'POST', reset: true, afterEffect: true, count: 1 });
    expect(await send()).toMatchObject({ reference: 'SEC-1' });
    expect(double.issues()).toHaveLength(1);
  });

  it('whose making failed is not taken for made', async () => {
    const { jira: double, send } = await start({ edition }, { lookAgain: [1, 1] });
    double.faults.add({ method: 'POST', status: 502, count: 1 });
    expect(await failureOf(send())).toMatchObject({
      name: 'ChannelDownError',
      message: 'channel tracker is down: HTTP 502',
    });
    double.faults.add({ reset: true, skip: 1 });
    expect((await failureOf(send())).name).toBe('ChannelDownError');
    double.faults.clear();
    await send();
    expect(double.issues()).toHaveLength(1);
  });

  it('finds an old mark among many comments, and reads no further than the command is old', async () => {
    const { jira: double, send } = await start({ edition });
    await send();
    const at = new Date(Date.now() - 1_000).toISOString();
    const comment = { action: 'comment', comment: 'changed', reference: 'SEC-1', at } as const;
    await send(comment);
    for (let index = 0; index < 45; index += 1) double.say('SEC-1', `+${index}`);
    await send(comment);
    expect(commentsOf(double)).toHaveLength(46);
    double.clearRequests();
    const later = new Date(Date.now() + 3_600_000).toISOString();
    await send({ ...comment, id: 'comment 2', at: later });
    expect(double.requests().filter(({ path }) => path.endsWith('/comment'))).toHaveLength(2);
  });

  it('has the fields of channel and command, by severity, without control characters', async () => {
    const { jira: double, send } = await start({ edition, customFields: ['customfield_10010'] });
    const priority = { bySeverity: { CRITICAL: { name: 'Highest' }, default: { name: 'Low' } } };
    const environment = { bySeverity: { LOW: 'lab' } };
    const fields = { priority, environment, labels: ['soc'], customfield_10010: 'channel' };
    await send({ fields: { customfield_10010: 'com\u0007mand' } }, { fields });
    const [issue] = double.issues();
    expect(issue?.fields).toMatchObject({
      priority: { name: 'Highest' },
      customfield_10010: 'command',
    });
    expect(issue?.fields).not.toHaveProperty('environment');
    expect(issue?.labels).toEqual(['soc', expect.stringMatching(/^riposte-/)]);
  });

  it('cannot be broken by hostile titles and bodies', async () => {
    const { jira: double, send } = await start({ edition });
    const title = `a\nb\u202e${'x'.repeat(400)}`;
    await send({ title, body: `{noformat}*\u0000${'\\*[~admin]\n'.repeat(9_000)}` });
    await send({ id: '2', action: 'comment', comment: `${'y'.repeat(40_000)}` });
    const [issue] = double.issues();
    expect(issue?.fields.summary).toMatch(/^a b\\u\{202e\}x+…$/);
    expect(`${issue?.fields.summary}`).toHaveLength(255);
    expect(issue?.comments).toHaveLength(1);
  });
});

const classic = {
  statuses: [
    { name: 'Open', category: 'new' },
    { name: 'Working', category: 'indeterminate' },
    { name: 'Resolved', category: 'done' },
    { name: 'Rejected', category: 'done' },
  ],
  transitions: [
    { id: '4', name: 'Reject', from: ['Open', 'Working'], to: 'Rejected' },
    { id: '5', name: 'Resolve Issue', from: ['Open'], to: 'Resolved', needsResolution: true },
    { id: '3', name: 'Back to work', from: ['Resolved'], to: 'Working' },
  ],
} as const;

describe('a workflow of Jira', () => {
  it('is followed by the names of transitions or of their statuses', async () => {
    const { jira: double, send } = await start({ workflow: classic });
    await send();
    const transitions = { resolve: 'resolved', reopen: 'Back to Work' };
    await send({ action: 'resolve' }, { transitions });
    expect(double.issues()[0]?.status.name).toBe('Resolved');
    await send({ action: 'reopen' }, { transitions });
    expect(double.issues()[0]?.status.name).toBe('Working');
  });

  it('is followed by categories where the channel names nothing', async () => {
    const { jira: double, send } = await start({ workflow: classic });
    await send();
    await send({ action: 'resolve' });
    expect(double.issues()[0]?.status.name).toBe('Rejected');
  });

  it('refuses with what it offers where no way leads there', async () => {
    const { jira: double, send } = await start({ workflow: classic });
    await send();
    const wrong = { transitions: { resolve: 'Close' } };
    expect(await failureOf(send({ action: 'resolve' }, wrong))).toMatchObject({
      path: 'transitions.resolve',
      message: expect.stringContaining(
        'SEC-1 offers Reject (to Rejected), Resolve Issue (to Resolved)',
      ),
    });
    double.move('SEC-1', 'Rejected');
    expect(await failureOf(send({ action: 'reopen' }))).toMatchObject({
      path: 'transitions.reopen',
      message: expect.stringContaining('SEC-1 offers no transition'),
    });
    expect(commentsOf(double)).toEqual([]);
  });
});

describe.each(['cloud', 'data-center'] as const)('Jira (%s) refuses', (edition) => {
  it.each([
    ['a field that the screen lacks', { fields: { customfield_1: 1 } }, 'fields.customfield_1'],
    ['an unknown project', { project: 'NOPE" OR "1' }, 'project'],
    ['an unknown type', { issueType: 'Epic' }, 'issueType'],
  ])('%s', async (_, channel, path) => {
    const { jira: double, send } = await start({ edition });
    const failure = await failureOf(send({}, channel));
    expect(failure).toMatchObject({ name: 'DeliveryRefusedError', path, retryable: false });
    expect(double.issues()).toEqual([]);
  });

  it('an issue without a required field', async () => {
    const { send } = await start({ edition, requiredFields: ['customfield_10010'] });
    expect(await failureOf(send())).toMatchObject({
      path: 'fields.customfield_10010',
      message: expect.stringContaining('customfield_10010 is required.'),
    });
  });

  it('a wrong token, and the error does not tell it', async () => {
    const { send } = await start({ edition });
    const secret = { email, token: 'not-this-one' };
    const failure = await failureOf(send({}, {}, secret));
    expect(failure).toMatchObject({ name: 'DeliveryRefusedError', path: 'secret' });
    expect(JSON.stringify(failure) + failure.message).not.toContain('not-this-one');
  });

  it.each([
    [401, 'secret'],
    [403, 'project'],
    [404, 'project'],
    [413, 'ticket'],
  ])('with HTTP %i', async (status, path) => {
    const { jira: double, send } = await start({ edition });
    double.faults.add({ method: 'POST', status, body: `<html>\u0007 ${token}` });
    const failure = await failureOf(send());
    expect(failure).toMatchObject({ name: 'DeliveryRefusedError', path });
    expect(failure.message).toContain('<html>\\u{7} [secret]');
  });

  it.each([
    [{}, edition === 'cloud' ? 'secret.email' : 'secret.token'],
    [undefined, 'secret'],
    ['token', 'secret'],
    [{ email, token: '' }, 'secret.token'],
    [{ email, token: 'hush\nX-Evil: 1' }, 'secret.token'],
    [{ email, token: 7 }, 'secret.token'],
  ])('a secret like %j before anything is sent', async (secret, path) => {
    const { jira: double, send } = await start({ edition });
    const failure = await failureOf(send({}, {}, secret ?? null));
    expect(failure).toMatchObject({ name: 'DeliveryRefusedError', path });
    expect(failure.message).not.toContain('hush');
    expect(double.requests()).toEqual([]);
  });
});

describe('Jira in trouble', () => {
  it.each([
    [429, 7, 7],
    [429, 'Fri, 01 May 2026 12:00:40 GMT', 40],
    [503, 120, 120],
  ])('asks to wait with HTTP %i and Retry-After %s', async (status, retryAfter, seconds) => {
    const now = () => new Date('2026-05-01T12:00:00Z');
    const { jira: double, send } = await start({}, { now });
    double.faults.add({ status, retryAfter });
    expect(await failureOf(send())).toMatchObject({
      name: 'ChannelBusyError',
      retryAfterSeconds: seconds,
    });
  });

  it.each([
    ['HTTP 500', { status: 500 }],
    ['HTTP 503 without a word', { status: 503 }],
    ['HTTP 409', { status: 409, body: 'conflict' }],
    ['a reset', { reset: true }],
    ['no answer', { hang: true }],
    ['a page instead of JSON', { status: 200, body: '<html>\u202eLog in</html>' }],
    ['JSON of another kind', { status: 200, body: { hello: 'world' } }],
  ])('is down with %s', async (_, fault) => {
    const { jira: double, send } = await start({}, { timeoutMs: 100 });
    double.faults.add(fault);
    const failure = await failureOf(send());
    expect(failure).toMatchObject({ name: 'ChannelDownError', retryable: true });
    expect(failure.message).not.toContain('\u202e');
  });

  it('is not sent to without TLS, nor with a password in the URL, and not to where it redirects', async () => {
    const { jira: double, send } = await start();
    for (const url of ['http://jira.example.com', 'https://a:b@jira.example.com', 'jira']) {
      expect(await failureOf(send({}, { url }))).toMatchObject({ path: 'url' });
    }
    const headers = { location: 'https://elsewhere.invalid/' };
    double.faults.add({ status: 307, headers });
    expect(await failureOf(send())).toMatchObject({ name: 'DeliveryRefusedError', path: 'url' });
  });

  it('under the path of a proxy is found there', async () => {
    const { jira: double, send } = await start();
    const url = `${double.url}/jira/`;
    expect(await failureOf(send({}, { url }))).toMatchObject({ path: 'url' });
    expect(double.requests()[0]?.path).toBe('/jira/rest/api/3/search/jql');
  });
});

describe('a bad day of Jira', () => {
  it('leaves every ticket once, with every step once, in order', async () => {
    const patience = { timeoutMs: 300, lookAgain: [5, 10, 20] };
    const { jira: double, send } = await start({ seed: 5, searchDelay: 15 }, patience);
    double.faults.add({ probability: 0.1, status: 429, retryAfter: 1 });
    double.faults.add({ method: 'POST', probability: 0.15, reset: true, afterEffect: true });
    double.faults.add({ probability: 0.05, status: 500 });
    for (let ticket = 0; ticket < 10; ticket += 1) {
      let reference: string | undefined;
      for (const action of ['open', 'comment', 'resolve', 'reopen'] as const) {
        const command = { ticketKey: `t${ticket}`, action, id: `${ticket} ${action}` };
        // A queue waits between tries, longer than the index lags.
        const receipt = await untilSent(
          () => send({ ...command, ...(reference === undefined ? {} : { reference }) }),
          25,
        );
        reference = receipt.reference;
      }
    }
    expect(double.faults.hits()).toBeGreaterThan(20);
    expect(double.issues()).toHaveLength(10);
    expect(double.duplicates()).toEqual([]);
    for (const { events } of double.issues()) {
      expect(events.map(({ kind }) => kind)).toEqual([
        ...['created', 'comment', 'transition', 'comment', 'transition', 'comment'],
      ]);
    }
  });
});
