import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { QueueMessage } from '@riposte/lambda';
import { fakeSettings } from '@riposte/testing';
import { acknowledgeFromSlack } from './acknowledge/acknowledge-from-slack.ts';
import { urlRequest } from './acknowledge/url-request.ts';
import { type ActPorts, act } from './act.ts';
import { readNotification, readTicketCommand } from './deliver/read-delivery.ts';
import { eachAlert, eachWoken } from './groups/read-group-messages.ts';
import { keepEvidence } from './keep-evidence.ts';
import { routeFindings } from './route-findings.ts';
import { actWorld } from './testing/act-world.ts';
import { routeWorld } from './testing/route-world.ts';
import { updateFindings } from './update-findings.ts';

/** The sample event of a function. */
function sample(name: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(new URL(`../events/${name}.json`, import.meta.url), 'utf8'));
}

/** Its messages, as the function gets them. */
function messagesOf(name: string): readonly QueueMessage[] {
  const { Records } = sample(name);
  const records: readonly Readonly<Record<string, string>>[] = Array.isArray(Records)
    ? Records
    : [];
  return records.map(({ messageId = '', body = '' }) => ({
    id: messageId,
    body: JSON.parse(body),
    sentAt: new Date(0),
    receiveCount: 1,
  }));
}

describe('the sample events', () => {
  it('of route are a finding in each format', async () => {
    const seen: string[] = [];
    const { ports } = routeWorld(({ format, title }) => {
      seen.push(`${format} ${title.slice(0, 12)}`);
      return [];
    });
    expect(await routeFindings(ports)(messagesOf('route'))).toEqual(new Map());
    expect(seen.sort()).toEqual(['asff S3 general p', 'ocsf EC2 instance']);
  });

  it('of update-findings are an update of a finding', async () => {
    const asked: unknown[] = [];
    const failures = await updateFindings({
      settings: fakeSettings(),
      hub: {
        current: async (findings) =>
          new Map(findings.map(({ key }) => [key, { userDefinedFields: {}, types: [] }])),
        update: async (findings, update) => {
          asked.push(findings.length, update);
          return new Map();
        },
      },
      states: { read: async () => new Map() },
    })(messagesOf('update-findings'));
    expect(failures).toEqual(new Map());
    expect(asked).toMatchObject([1, { severity: 'CRITICAL' }]);
  });

  it('of group-alerts and tell-groups are an alert and a group that is woken', async () => {
    const taken: string[] = [];
    for (const message of messagesOf('group-alerts')) {
      await eachAlert(async (alert) => void taken.push(alert.kind))(message);
    }
    for (const message of messagesOf('tell-groups')) {
      await eachWoken(async (group) => void taken.push(group.slice(0, 4)))(message);
    }
    expect(taken).toEqual(['alert', 'grp-']);
  });

  it('of act are a remediation of a finding that is read again first', async () => {
    const { ports, done } = actWorld();
    const hub: ActPorts['hub'] = {
      current: async (findings) =>
        new Map(findings.map(({ key }) => [key, { userDefinedFields: {}, types: [] }])),
    };
    for (const message of messagesOf('act')) await act({ ...ports, hub })(message);
    expect(done.map(([name]) => name)).toEqual(['remediation']);
  });

  it('of store-evidence are a finding that can be kept', async () => {
    const keys: string[] = [];
    const bucket = {
      create: async (key: string) => {
        keys.push(key);
        return { created: true, versionId: 'v1' };
      },
      read: async () => undefined,
      newestManifest: async () => undefined,
    };
    const clock = () => new Date('2026-11-24T03:00:10.000Z');
    const documents = { get: async () => ({}) };
    const failures = await keepEvidence({ bucket, documents, clock })(messagesOf('store-evidence'));
    expect(failures).toEqual(new Map());
    expect(keys).toEqual([
      expect.stringMatching(/^findings\/2026\/11\/24\/S3\.8\//),
      expect.stringMatching(/^manifests\//),
    ]);
  });

  it.each(['sns', 'slack', 'teams', 'pagerduty', 'webhook'])(
    'of deliver-%s are a message that is never too old',
    (type) => {
      const [read] = messagesOf(`deliver-${type}`).map(({ body }) => readNotification(body));
      expect(read).toMatchObject({ message: { status: 'firing' } });
      expect(read?.since).toMatch(/^2099/);
    },
  );

  it.each(['jira', 'servicenow'])('of deliver-%s are a ticket that is opened', (type) => {
    const [read] = messagesOf(`deliver-${type}`).map(({ body }) => readTicketCommand(body));
    expect(read).toMatchObject({ message: { action: 'open' } });
    expect(read?.since).toMatch(/^2099/);
  });

  it('of acknowledge are a click that nobody has signed', () => {
    const request = urlRequest(sample('acknowledge'));
    expect(request?.rawBody).toContain('payload=');
    const now = new Date('2026-11-24T03:01:00.000Z');
    const signingSecret = 'of-another-app';
    const read = request && acknowledgeFromSlack({ ...request, now, signingSecret });
    expect(read).toMatchObject({ refusal: { status: 401 } });
  });

  it.each(['tell-due', 'follow-tickets', 'refresh-feeds'])('of %s are its schedule', (name) => {
    expect(sample(name)).toMatchObject({ 'detail-type': 'Scheduled Event' });
  });
});
