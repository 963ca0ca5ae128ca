import { describe, expect, it } from '@jest/globals';
import { fakeDeliveries } from '../testing/fake-deliveries.ts';
import { now } from '../testing/fakes.ts';
import { letterFacts, lettersTable, listDeliveries } from './list-deliveries.ts';
import { type Redrive, redriveDeliveries, redrivenText } from './redrive-deliveries.ts';
import { functionOfQueue } from './router-queues.ts';

const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

const ticket = (id: string, minutes = 5, more: object = {}) => ({
  kind: 'ticket',
  id,
  channel: 'tickets',
  ticketKey: 'key',
  at: minutesAgo(minutes),
  ...more,
});

/** As a function writes it: the body is the message's own text. */
const own = (body: object | string, error: object = {}, source: object = {}) => ({
  body: typeof body === 'string' ? body : JSON.stringify(body),
  error: { name: 'DeliveryRefusedError', message: 'no such project', path: 'project', ...error },
  source: { function: 'f', ...source },
});

const all: Redrive = { dryRun: false, most: 1_000, resetAge: false };
const jiraQueue = 'riposte-finding-router-prod-jira.fifo';
const stamp = now.getTime().toString(36);

describe('redriveDeliveries', () => {
  it('sends a letter of the function itself back to its queue, the same id and group in a new deduplication', async () => {
    const body = ticket('rpm-1');
    const ports = fakeDeliveries({ 'deliver-jira-dlq': [own(body, {}, { group: 'g' })] });
    const { sent, stayed } = await redriveDeliveries(all, ports);
    expect([sent.length, stayed.length]).toEqual([1, 0]);
    expect(ports.sent).toEqual([
      {
        queue: jiraQueue,
        body: JSON.stringify(body),
        group: 'g',
        deduplication: `rpm-1-${stamp}`,
      },
    ]);
    expect(ports.left('deliver-jira-dlq')).toEqual([]);
  });

  it('lines a letter up as the router does where it names no group', async () => {
    const ports = fakeDeliveries({
      'deliver-jira-dlq': [own(ticket('rpm-1'))],
      'deliver-slack-dlq': [
        own({ kind: 'notification', id: 'msg-1', groupKey: 'grp-1', at: minutesAgo(1) }),
      ],
      'group-alerts-dlq': [own({ kind: 'alert', alert: { key: 'k-1' } })],
      'act-dlq': [own({ kind: 'action', finding: { key: 'k' } }), own('not JSON')],
    });
    await redriveDeliveries(all, ports);
    expect(ports.sent.map(({ queue, group }) => [queue.split('-').at(-1), group])).toEqual([
      ['jira.fifo', expect.stringMatching(/^[0-9a-f]{32}$/)],
      ['slack.fifo', expect.stringMatching(/^[0-9a-f]{32}$/)],
      ['alerts.fifo', expect.stringMatching(/^[0-9a-f]{32}$/)],
      ['actions.fifo', expect.stringMatching(/^[0-9a-f]{32}$/)],
      ['actions.fifo', expect.stringMatching(/^[0-9a-f]{32}$/)],
    ]);
    expect(new Set(ports.sent.map(({ group }) => group)).size).toBe(5);
  });

  it('understands what Lambda, EventBridge and the queues themselves put there', async () => {
    const event = { 'detail-type': 'Security Hub Findings - Imported', detail: {} };
    const failed = (requestPayload: unknown, responsePayload: unknown = null) => ({
      version: '1.0',
      requestContext: { functionArn: 'arn', condition: 'RetriesExhausted' },
      requestPayload,
      responsePayload,
    });
    const record = { body: 'b', attributes: { MessageGroupId: 'g' } };
    const ports = fakeDeliveries({
      'route-dlq': [
        failed(event, { errorType: 'TypeError', errorMessage: 'oh' }),
        failed({ Records: [{ ...record, body: 'one' }, { body: 'two' }] }),
        {
          held: {
            body: JSON.stringify(event),
            attributes: {
              TARGET_ARN: 'arn:aws:sqs:eu-west-1:123456789012:riposte-finding-router-prod-events',
              ERROR_CODE: 'NO_PERMISSIONS',
              ERROR_MESSAGE: 'not allowed',
            },
          },
        },
        event,
      ],
      'undelivered-dlq.fifo': [
        { held: { body: JSON.stringify(ticket('rpm-9')), group: 'g', movedFrom: jiraQueue } },
      ],
    });
    const { sent } = await redriveDeliveries(all, ports);
    const text = JSON.stringify(event);
    expect(ports.sent).toEqual([
      ...[text, 'one', 'two', text, text].map((body) => ({
        queue: 'riposte-finding-router-prod-events',
        body,
      })),
      {
        queue: jiraQueue,
        body: JSON.stringify(ticket('rpm-9')),
        group: 'g',
        deduplication: `rpm-9-${stamp}`,
      },
    ]);
    expect(sent.map(({ from, function: name }) => [from, name])).toEqual([
      ['lambda', 'route'],
      ['lambda', 'route'],
      ['eventbridge', 'route'],
      ['queue', 'route'],
      ['queue', 'deliver-jira'],
    ]);
    expect(sent.map(({ reason }) => reason.name)).toEqual([
      ...['TypeError', 'RetriesExhausted', 'NO_PERMISSIONS', 'ReceivedTooOften'],
      'ReceivedTooOften',
    ]);
  });

  it.each([
    [
      'a letter that was cut',
      'route-dlq',
      { ...own(''), body: undefined, bodyCut: '{', bodyBytes: 2e6 },
      /only the beginning/,
    ],
    ['a letter of a function without a queue', 'refresh-feeds-dlq', own({}), /no queue leads/],
    [
      'a tick of a schedule',
      'tell-due-dlq',
      {
        requestContext: { condition: 'RetriesExhausted' },
        requestPayload: { 'detail-type': 'Scheduled Event' },
      },
      /tick of a schedule/,
    ],
    [
      'an event for a function',
      'act-dlq',
      { held: { body: '{}', attributes: { TARGET_ARN: 'arn:aws:lambda:r:a:function:f' } } },
      /no queue leads/,
    ],
    ['a message of nobody knows which queue', 'undelivered-dlq.fifo', '{}', /does not say/],
    [
      'what was given up',
      'deliver-jira-dlq',
      own(ticket('x', 1), { name: 'DeliveryExpiredError' }),
      /--reset-age/,
    ],
    ['what would be given up', 'deliver-jira-dlq', own(ticket('x', 360)), /--reset-age/],
  ])('leaves %s where it is, and says why', async (_, queue, letter, why) => {
    const ports = fakeDeliveries({ [queue]: [letter] });
    const done = await redriveDeliveries(all, ports);
    expect(done.stayed).toMatchObject([{ why: expect.stringMatching(why) }]);
    expect(ports.sent).toEqual([]);
    expect(ports.visible(queue)).toHaveLength(1);
    expect(redrivenText(done, false)).toMatch(/^0 letters sent back, 1 not\.\n\nFUNCTION/);
  });

  it('lets what was given up begin anew, and changes nothing else of it', async () => {
    const body = ticket('rpm-1', 500);
    const ports = fakeDeliveries({
      'deliver-jira-dlq': [own(body, { name: 'DeliveryExpiredError' })],
    });
    await redriveDeliveries({ ...all, resetAge: true }, ports);
    expect(JSON.parse(ports.sent[0]?.body ?? '')).toEqual({
      ...body,
      redrivenAt: now.toISOString(),
    });
  });

  it('sends the oldest first, whatever the order in which they lie', async () => {
    const letters = [3, 9, 1].map((minutes) => own(ticket(`rpm-${minutes}`, minutes)));
    const ports = fakeDeliveries({ 'deliver-jira-dlq': letters });
    await redriveDeliveries(all, ports);
    expect(ports.sent.map(({ deduplication }) => deduplication?.split('-')[1])).toEqual([
      ...['9', '3', '1'],
    ]);
  });

  it('sends the oldest of many where it sends few', async () => {
    const letters = Array.from({ length: 15 }, (_, index) => own(ticket(`rpm-${index}`, index)));
    const ports = fakeDeliveries({ 'deliver-jira-dlq': letters });
    await redriveDeliveries({ ...all, most: 1 }, ports);
    expect(ports.sent[0]?.deduplication).toBe(`rpm-14-${stamp}`);
  });

  it('sends nothing in a dry run', async () => {
    const ports = fakeDeliveries({ 'deliver-jira-dlq': [own(ticket('rpm-1'))] });
    const done = await redriveDeliveries({ ...all, dryRun: true }, ports);
    expect(redrivenText(done, true)).toBe('1 letter would be sent back, 0 not.');
    expect(ports.sent).toEqual([]);
    expect(ports.visible('deliver-jira-dlq')).toHaveLength(1);
  });

  it('sends at most so many, and only those of one function', async () => {
    const letters = Array.from({ length: 25 }, (_, index) => own(ticket(`rpm-${index}`)));
    const ports = fakeDeliveries({
      'deliver-jira-dlq': letters,
      'deliver-slack-dlq': [own({})],
      'undelivered-dlq.fifo': [
        { held: { body: '{}', movedFrom: 'riposte-finding-router-prod-slack.fifo' } },
      ],
    });
    const wanted = { ...all, function: 'deliver-jira', most: 12 };
    expect((await redriveDeliveries(wanted, ports)).sent).toHaveLength(12);
    expect(ports.visible('deliver-jira-dlq')).toHaveLength(13);
    expect(await redriveDeliveries({ ...wanted, most: 100 }, ports)).toMatchObject({ stayed: [] });
    expect(ports.left('deliver-jira-dlq')).toEqual([]);
    expect(ports.visible('deliver-slack-dlq')).toHaveLength(1);
    expect(ports.visible('undelivered-dlq.fifo')).toHaveLength(1);
  });

  it('stops at a queue that takes nothing, and lets go of what it holds', async () => {
    const ports = fakeDeliveries({
      'act-dlq': [own({ kind: 'action', at: minutesAgo(9) })],
      'deliver-jira-dlq': [own(ticket('rpm-1')), own(ticket('rpm-2'))],
    });
    ports.closed = jiraQueue;
    await expect(redriveDeliveries(all, ports)).rejects.toMatchObject({
      name: 'RedriveStoppedError',
      message:
        'stopped at riposte-finding-router-prod-deliver-jira-dlq: TypeError: it takes nothing',
      remedy: expect.stringMatching(/^1 letters? /),
    });
    expect(ports.visible('deliver-jira-dlq')).toHaveLength(2);
  });
});

describe('listDeliveries', () => {
  it('counts letters by function and reason, and takes nothing away', async () => {
    const ports = fakeDeliveries({
      'deliver-jira-dlq': [
        own(ticket('rpm-1')),
        own(ticket('rpm-2')),
        own('x', { path: undefined }),
      ],
      'route-dlq': [own('x', { name: 'Odd\u001b[31m', message: 'line\nline' })],
    });
    const letters = await listDeliveries(ports, 100);
    const [headings, ...lines] = lettersTable(letters).split('\n');
    expect(headings).toMatch(/^FUNCTION +REASON +FIELD +COUNT +SINCE +LAST WORDS$/);
    expect(lines).toHaveLength(3);
    expect(lines.join('\n')).toMatch(/deliver-jira +DeliveryRefusedError +project +2 /);
    expect(lines.join('\n')).not.toContain('\u001b');
    expect(ports.visible('deliver-jira-dlq')).toHaveLength(3);
  });

  it('tells machines of each letter, without its body', async () => {
    const ports = fakeDeliveries({
      'deliver-jira-dlq': [own(ticket('rpm-1', 5, { title: 'secret title' }))],
    });
    const [facts] = (await listDeliveries(ports, 100)).map(letterFacts);
    expect(facts).toMatchObject({
      function: 'deliver-jira',
      from: 'function',
      reason: { name: 'DeliveryRefusedError', path: 'project' },
      queue: jiraQueue,
      id: 'rpm-1',
      channel: 'tickets',
    });
    expect(JSON.stringify(facts)).not.toContain('secret title');
  });

  it('says that there is none', () => {
    expect(lettersTable([])).toBe('No dead letters.');
  });
});

describe('functionOfQueue', () => {
  it.each([
    ['riposte-finding-router-prod-deliver-jira-dlq', 'deliver-jira'],
    ['riposte-finding-router-prod-undelivered-dlq.fifo', 'undelivered'],
    ['riposte-finding-router-prod-refresh-feeds-dlq', 'refresh-feeds'],
    ['riposte-finding-router-prod-eu-deliver-jira-dlq', undefined],
    ['riposte-finding-router-prod-jira.fifo', undefined],
    ['riposte-finding-router-dev-route-dlq', undefined],
  ])('says whose %s is', (queue, name) => {
    expect(functionOfQueue('prod', queue)).toBe(name);
  });
});
