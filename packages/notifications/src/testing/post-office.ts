import type { Channel, Inhibition, Notify, TimeInterval } from '@riposte/rules';
import {
  type Acknowledgement,
  type Alert,
  type AlertState,
  acknowledge,
  type ChannelCounter,
  digestDue,
  due,
  type Environment,
  type GroupMessage,
  type GroupState,
  type HeldBack,
  type MarkedAlert,
  receive,
  type Silence,
  silenceAfter,
  wake,
  withdraw,
} from '../index.ts';
import { settled } from '../settle.ts';
import { routeFor, start, channels as usualChannels, usualGroup } from './alerts.ts';
import { foundInhibitors } from './inhibitors.ts';

/** A store in memory, with a clock that the test moves. Everything in it goes through JSON at every step. */
export class PostOffice {
  now: number = start;
  readonly sent: GroupMessage[] = [];
  readonly held: HeldBack[] = [];
  silences: readonly Silence[] = [];
  inhibitions: readonly Inhibition[] = [];
  timeIntervals: readonly TimeInterval[] = [];
  channels: readonly Channel[] = usualChannels;
  notify: Partial<Notify>;
  readonly groups = new Map<string, GroupState>();
  readonly alerts = new Map<string, AlertState>();
  readonly counters = new Map<string, ChannelCounter>();

  constructor(notify: Partial<Notify> = {}) {
    this.notify = { group: usualGroup, ...notify };
  }

  receive(...incoming: readonly Alert[]): this {
    for (const one of incoming) {
      const route = routeFor(one, this.notify, this.channels);
      const known = { ...this.knownAlert(one.key), ...this.knownGroup(route.key) };
      const { alert, group } = receive(known, one, route, new Date(this.now));
      if (alert) this.alerts.set(one.key, stored(alert));
      if (group) this.groups.set(group.key, stored(group));
      this.silences = this.silences.map((silence) =>
        stored(silenceAfter(silence, one, new Date(this.now))),
      );
    }
    return this;
  }

  acknowledge(one: Alert, by: string, via: Acknowledgement['via'] = 'slack'): this {
    const at = new Date(this.now).toISOString();
    this.change(one, (alert) => acknowledge(alert, { by, at, via }));
    return this;
  }

  withdraw(one: Alert): this {
    this.change(one, (alert) => withdraw(alert, new Date(this.now).toISOString()));
    return this;
  }

  /** Moves the clock to so many seconds after the start, and runs what is due on the way, at its time. */
  until(seconds: number): this {
    const end = start + seconds * 1_000;
    for (let next = this.nextTime(); next <= end; next = this.nextTime()) {
      this.now = Math.max(this.now, next);
      this.runDue();
    }
    this.now = end;
    return this;
  }

  /** Runs every group and every digest, whether it is time or not. */
  run(): this {
    for (const group of [...this.groups.values()]) this.flush(group);
    this.sendDigests();
    return this;
  }

  /** A function flushes the groups that are due next, and dies before it writes them: marks are written, nothing is sent. */
  die(): this {
    const next = this.nextTime();
    if (next < this.now + 3_600_000) this.now = Math.max(this.now, next);
    for (const group of [...this.groups.values()]) this.mark(this.plan(group).marks);
    return this;
  }

  /** Alerts as they stand once the last flush is taken into account. */
  settledAlerts(): readonly AlertState[] {
    return [...this.alerts.values()].map((one) =>
      settled(one, this.groups.get(one.groupKey) ?? {}),
    );
  }

  /** What `due` says of a group now; nothing is written. */
  plan(group: GroupState) {
    const alerts = [...this.alerts.values()].filter(({ groupKey }) => groupKey === group.key);
    return due(group, alerts, new Date(this.now), this.environment());
  }

  private change(one: Alert, change: (alert: AlertState) => AlertState): void {
    const { alert } = this.knownAlert(one.key);
    if (!alert) throw new Error(`${one.facts.id} is not known`);
    const changed = change(alert);
    this.alerts.set(one.key, stored(changed));
    const known = this.groups.get(alert.groupKey);
    const route = routeFor(one, this.notify, this.channels);
    const group = wake(known, changed, route, new Date(this.now));
    if (group) this.groups.set(group.key, stored(group));
  }

  private knownAlert(key: string): { alert?: AlertState } {
    const alert = this.alerts.get(key);
    return alert ? { alert } : {};
  }

  private knownGroup(key: string): { group?: GroupState } {
    const group = this.groups.get(key);
    return group ? { group } : {};
  }

  private nextTime(): number {
    const groups = [...this.groups.values()].flatMap(({ nextAt }) => nextAt ?? []);
    const digests = [...this.counters.values()].flatMap(({ digest }) => digest?.dueAt ?? []);
    return Math.min(...[...groups, ...digests].map((time) => Date.parse(time)));
  }

  private runDue(): void {
    const at = new Date(this.now).toISOString();
    for (const group of [...this.groups.values()])
      if (group.nextAt !== undefined && group.nextAt <= at) this.flush(group);
    this.sendDigests();
  }

  private flush(group: GroupState): void {
    const { marks, group: after, messages, counters, held } = this.plan(group);
    this.mark(marks);
    this.groups.set(after.key, stored(after));
    for (const counter of counters) this.counters.set(counter.channel, stored(counter));
    this.sent.push(...messages.map(stored));
    this.held.push(...held);
  }

  private mark(marks: readonly MarkedAlert[]): void {
    for (const { key, marks: written } of marks) {
      const known = this.alerts.get(key);
      if (!known) throw new Error(`${key} is not known`);
      const { told: _, telling: __, expiresAt: ___, ...rest } = known;
      this.alerts.set(key, stored({ ...rest, ...written }));
    }
  }

  private sendDigests(): void {
    for (const known of [...this.counters.values()]) {
      const { counter, message } = digestDue(known, new Date(this.now));
      this.counters.set(counter.channel, stored(counter));
      if (message) this.sent.push(stored(message));
    }
  }

  private environment(): Environment {
    const { silences, inhibitions, timeIntervals } = this;
    return {
      silences,
      inhibitions,
      timeIntervals,
      inhibitors: foundInhibitors([...this.alerts.values()], inhibitions),
      counters: [...this.counters.values()],
    };
  }
}

/** As a store gives it back. */
function stored<Item>(item: Item): Item {
  const text = JSON.stringify(item);
  const back: Item = JSON.parse(text);
  return back;
}
