import type { Measure } from '@riposte/lambda';
import { type AlertChanges, alert, start } from '@riposte/notifications/testing';
import type { Channel, Notify, RuleSet } from '@riposte/rules';
import { OutletError } from '../errors.ts';
import type { Outlet, QueuedMessage } from '../finding-state.ts';
import { dynamoGroups } from '../groups/dynamo-groups.ts';
import { duePk } from '../groups/group-items.ts';
import type { GroupStore } from '../groups/ports.ts';
import { takeInAlert } from '../groups/take-in-alert.ts';
import { tellDue, tellGroup } from '../groups/tell-group.ts';
import { MemoryTable } from './memory-table.ts';

export const groupChannels: readonly Channel[] = [
  { name: 'chat', type: 'slack', conversation: 'C1', secret: 'slack' },
  { name: 'pager', type: 'pagerduty', secret: 'pager' },
];

/** Groups of alerts with everything in memory, and a clock that the test moves. */
export class GroupWorld {
  now = new Date(start);
  readonly table = new MemoryTable();
  readonly store: GroupStore = dynamoGroups(this.table);
  readonly sent: QueuedMessage[] = [];
  readonly measures: Measure[] = [];
  readonly problems: string[] = [];
  /** The next so many sends fail. */
  failSends = 0;
  alarms: { readonly groupKey: string; readonly at: string }[] = [];
  ruleSet: RuleSet = {
    packs: [],
    channels: groupChannels,
    inhibitions: [],
    timeIntervals: [],
    ownership: [],
    version: 'v1',
  };
  notify: Notify = { channel: 'chat', group: { by: ['account'], wait: '30s', interval: '5m' } };
  readonly alarm = {
    wake: async (groupKey: string, at: string) => {
      this.alarms.push({ groupKey, at });
    },
  };
  readonly outlet: Outlet = {
    send: async (messages) => {
      if (this.failSends > 0) {
        this.failSends--;
        throw new OutletError('slack', 'away');
      }
      this.sent.push(...messages);
    },
  };
  readonly clock = () => this.now;

  at(seconds: number): this {
    this.now = new Date(start + seconds * 1_000);
    return this;
  }

  get takeIn() {
    const { store, alarm, clock, ruleSet } = this;
    const { channels, inhibitions } = ruleSet;
    return takeInAlert({ store, alarm, channels, inhibitions, clock });
  }

  get tell() {
    const { store, outlet, ruleSet, clock } = this;
    return {
      ...{ store, outlet, ruleSet, clock },
      measure: (measure: Measure) => void this.measures.push(measure),
      warn: (problem: string) => void this.problems.push(problem),
    };
  }

  async receive(...all: readonly AlertChanges[]): Promise<this> {
    for (const changes of all) {
      const version = alert(changes);
      const { rule } = version.facts;
      await this.takeIn({ kind: 'alert', notify: this.notify, rule, alert: version });
    }
    return this;
  }

  withdraw(finding = 'bucket-1'): Promise<void> {
    const { key } = alert({ finding });
    return this.takeIn({ kind: 'withdraw', alertKey: key, at: this.now.toISOString() });
  }

  /** Moves the clock to so many seconds after the start; what is woken or due on the way runs at its time. */
  async until(seconds: number): Promise<this> {
    const end = start + seconds * 1_000;
    for (let next = this.#next(); next <= end; next = this.#next()) {
      this.now = new Date(Math.max(next, this.now.getTime()));
      const at = this.now.toISOString();
      const ringing = this.alarms.filter((alarm) => alarm.at <= at);
      this.alarms = this.alarms.filter((alarm) => alarm.at > at);
      for (const { groupKey } of ringing) await tellGroup(this.tell)(groupKey);
      await tellDue(this.tell)();
    }
    this.now = new Date(end);
    return this;
  }

  #next(): number {
    const due = [...this.table.items.values()].flatMap((item) =>
      item.duePk === duePk && typeof item.dueAt === 'string' ? item.dueAt : [],
    );
    const times = [...due, ...this.alarms.map(({ at }) => at)];
    return Math.min(...times.map((at) => (at === '0' ? this.now.getTime() : Date.parse(at))));
  }

  /** Messages, a line each: seconds, channel, status, and what is said of which finding. */
  get told(): readonly string[] {
    return this.sent.map(({ body }) => {
      const { at, channel, status, findings } = Object(body);
      const said: readonly string[] = findings.map(
        ({ id, change, severity }: Readonly<Record<string, string>>) =>
          `${id} ${change} ${severity}`,
      );
      return `${(Date.parse(at) - start) / 1_000} ${channel} ${status}: ${said.join(', ')}`;
    });
  }
}
