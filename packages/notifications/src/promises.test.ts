import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Alert, AlertState, GroupMessage, GroupState } from './index.ts';
import { due, inhibitorsByKey, receive } from './index.ts';
import { alert, routeFor, start, usualGroup } from './testing/alerts.ts';
import { PostOffice } from './testing/post-office.ts';

const minute = 60;
const findings = ['one', 'two', 'three'];

/** What arrives of a finding: versions in the order of their times, some of them of the same second. */
const version = fc.record({
  finding: fc.constantFrom(...findings),
  status: fc.constantFrom('open', 'open', 'acknowledged', 'resolved'),
  severity: fc.constantFrom('LOW', 'HIGH', 'CRITICAL'),
  version: fc.integer({ min: 0, max: 60 }),
} as const);

type Step =
  | { readonly kind: 'receive'; readonly alert: Alert }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'run' }
  | { readonly kind: 'die' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: version.map((made) => ({ kind: 'receive' as const, alert: alert(made) })),
  },
  {
    weight: 3,
    arbitrary: fc
      .integer({ min: 1, max: 30 * minute })
      .map((seconds) => ({ kind: 'wait' as const, seconds })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'run' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'die' as const }) },
);

function play(post: PostOffice, steps: readonly Step[]): void {
  for (const one of steps) {
    if (one.kind === 'receive') post.receive(one.alert);
    if (one.kind === 'wait') post.until((post.now - start) / 1_000 + one.seconds);
    if (one.kind === 'run') post.run();
    if (one.kind === 'die') post.die();
  }
  // Long enough for whatever waits.
  post.until((post.now - start) / 1_000 + 60 * minute);
}

/** What people heard of a finding, message by message. */
function heardOf(id: string, sent: readonly GroupMessage[]): readonly string[] {
  return sent.flatMap(({ findings: said }) =>
    said
      .filter((one) => one.id === id && one.change !== 'open')
      .map(({ change, severity }) => `${change} ${severity}`),
  );
}

const latest = (received: readonly Alert[], id: string) =>
  received
    .filter(({ facts }) => facts.id === id)
    .toSorted((one, other) => weight(one) - weight(other))
    .at(-1);
const ranks = { open: 0, acknowledged: 1, resolved: 2 };
const severities = ['CRITICAL', 'HIGH', 'LOW'];
const weight = ({ updatedAt, status, fingerprint }: Alert) =>
  Date.parse(updatedAt) * 10 + ranks[status] * 3 + severities.indexOf(fingerprint);

function expectKnown(last: Alert | undefined, post: PostOffice): void {
  const told = post.settledAlerts().find(({ key }) => key === last?.key)?.told;
  if (last?.status === 'resolved') expect(told?.status ?? 'resolved').toBe('resolved');
  if (last?.status === 'open') expect(told).toMatchObject({ fingerprint: last.fingerprint });
  if (last && last.status !== 'resolved') expect(told?.status).toMatch(/open|acknowledged/);
}

const { repeat: _, ...group } = usualGroup;
const steps = fc.array(step, { maxLength: 40 });

describe('whatever arrives, in whatever order, however often, and whoever dies', () => {
  it('people end up knowing how every finding stands', () => {
    fc.assert(
      fc.property(steps, (played) => {
        const post = new PostOffice({ group });
        play(post, played);
        const received = played.flatMap((one) => (one.kind === 'receive' ? [one.alert] : []));
        for (const id of findings) expectKnown(latest(received, id), post);
      }),
      { numRuns: 300 },
    );
  });

  it('people hear nothing twice: each notice of a finding differs from the one before', () => {
    fc.assert(
      fc.property(steps, (played) => {
        const post = new PostOffice({ group });
        play(post, played);
        for (const id of findings) {
          const heard = heardOf(id, post.sent);
          for (const [index, said] of heard.entries())
            if (index > 0) expect(`${index} ${said}`).not.toBe(`${index} ${heard[index - 1]}`);
          const ends = heard.filter((said) => said.startsWith('resolved')).length;
          const begins = heard.filter((said) => said.startsWith('new')).length;
          expect(begins - ends === 0 || begins - ends === 1).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('no two messages have the same id', () => {
    fc.assert(
      fc.property(steps, (played) => {
        const post = new PostOffice({
          escalate: [{ after: '10m', channel: 'pager' }],
          group: { ...group, repeat: '20m' },
        });
        play(post, played);
        const ids = post.sent.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('nothing is left to do once everything is told', () => {
    fc.assert(
      fc.property(steps, (played) => {
        const post = new PostOffice({ group });
        play(post, played);
        const count = post.sent.length;
        expect(post.run().run().sent).toHaveLength(count);
        for (const state of post.groups.values()) {
          const plan = post.plan(state);
          expect(plan.group).toBe(state);
          expect(plan.marks).toEqual([]);
        }
      }),
    );
  });

  it('escalates each finding that nobody takes on, each step once', () => {
    const escalate = [
      { after: '5m', channel: 'pager' },
      { after: '10m', channel: 'boss' },
    ];
    const quiet = step.filter((one) => one.kind !== 'receive' || one.alert.status === 'open');
    fc.assert(
      fc.property(fc.array(quiet, { maxLength: 30 }), (played) => {
        const post = new PostOffice({ group, escalate });
        play(post, played);
        const levels = post.sent.flatMap(({ level }) => level ?? []);
        const any = played.some(({ kind }) => kind === 'receive');
        expect(levels).toEqual(any ? [1, 2] : []);
      }),
    );
  });
});

/** What a store keeps of alerts, save for the hour at which it may forget them. */
const keptOf = (post: PostOffice) =>
  [...post.alerts.values()]
    .map(({ expiresAt: __, ...rest }) => rest)
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));

describe('receive', () => {
  it('comes to the same in any order within the wait', () => {
    const versions = fc.array(version, { minLength: 1, maxLength: 8 });
    const orders = versions.chain((made) =>
      fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length })),
    );
    fc.assert(
      fc.property(orders, ([one, other]) => {
        const first = new PostOffice().receive(...one.map(alert)).until(60);
        const second = new PostOffice().receive(...other.map(alert)).until(60);
        expect(second.sent).toEqual(first.sent);
        expect(keptOf(second)).toEqual(keptOf(first));
      }),
    );
  });

  it('writes nothing for what it knows', () => {
    const given = alert();
    const route = routeFor(given, { group: usualGroup });
    const now = new Date(start);
    const { alert: first, group: state } = receive({}, given, route, now);
    expect(first && state && receive({ alert: first, group: state }, given, route, now)).toEqual(
      {},
    );
  });

  it('wakes the group for an alert that was written by a function that died', () => {
    const given = alert();
    const route = routeFor(given, { group: usualGroup });
    const { alert: written } = receive({}, given, route, new Date(start));
    const again = receive(
      { ...(written && { alert: written }) },
      given,
      route,
      new Date(start + 5_000),
    );
    expect(again).toEqual({
      group: expect.objectContaining({ nextAt: '2026-01-05T12:00:35.000Z' }),
    });
  });

  it('makes a flush fail that may not have seen the alert', () => {
    const route = routeFor(alert(), { group: usualGroup });
    const state = receive({}, alert(), route, new Date(start)).group;
    const near = new Date(start + 25_000);
    const other = alert({ finding: 'bucket-2' });
    const { group: after } = receive({ ...(state && { group: state }) }, other, route, near);
    expect(after?.version).toBe((state?.version ?? 0) + 1);
    expect(after?.nextAt).toBe(state?.nextAt);
  });
});

describe('due', () => {
  const environment = {
    silences: [],
    inhibitions: [],
    inhibitors: inhibitorsByKey([]),
    timeIntervals: [],
    counters: [],
  };
  const stored = (...given: readonly Alert[]) => {
    let state: GroupState | undefined;
    const alerts: AlertState[] = [];
    for (const one of given) {
      const route = routeFor(one, { group: usualGroup });
      const { alert: made, group: next } = receive(
        { ...(state && { group: state }) },
        one,
        route,
        new Date(start),
      );
      if (made) alerts.push(made);
      state = next ?? state;
    }
    if (!state) throw new Error('no alert');
    return { state, alerts };
  };
  const at = (seconds: number) => new Date(start + seconds * 1_000);

  it('makes the same message with the same id again, as long as it was not written', () => {
    const { state, alerts } = stored(alert(), alert({ finding: 'bucket-2' }));
    const first = due(state, alerts, at(30), environment);
    const marked = alerts.map((one) => ({
      ...one,
      ...first.marks.find(({ key }) => key === one.key)?.marks,
    }));
    const second = due(state, marked.toReversed(), at(90), environment);
    expect(first.messages).toHaveLength(1);
    expect(second.messages.map(({ id }) => id)).toEqual(first.messages.map(({ id }) => id));
    expect(second.group.flush).toBe(first.group.flush);
  });

  it('tells ten thousand alerts by one write of the group', () => {
    const many = Array.from({ length: 10_000 }, (__, count) =>
      alert({ finding: `bucket-${count}` }),
    );
    const { state, alerts } = stored(...many);
    const { marks, group: after, messages } = due(state, alerts, at(30), environment);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.total).toBe(10_000);
    expect(JSON.stringify(messages[0]).length).toBeLessThan(20_000);
    expect(JSON.stringify(after).length).toBeLessThan(2_000);
    expect(marks).toHaveLength(10_000);
  });

  it('ends nothing before its time, since an alert may be on its way', () => {
    const { state, alerts } = stored(alert());
    const over = alerts.map((one) => ({ ...one, status: 'resolved' as const }));
    expect(due(state, over, at(10), environment).group.nextAt).toBe(state.nextAt);
    expect(due(state, over, at(30), environment).group).not.toHaveProperty('nextAt');
  });
});
