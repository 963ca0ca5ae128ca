import type { ResponseRecord } from '@riposte/findings';
import type { OutboxChannel, OutboxPorts, Sent } from '../outbox.ts';

/** What becomes of a call: it is refused, or the function dies before or after it took effect. */
export type Fault = 'fails' | 'dies before' | 'dies after';

type Step = 'putOnce' | 'sent' | 'mark' | OutboxChannel;
type Faults = Partial<Record<Step, Fault>>;

/** Bucket, bus, people and marks in memory, with faults. */
export interface FakeTargets {
  readonly ports: OutboxPorts;
  faults: Faults;
  readonly calls: Step[];
  readonly evidence: Map<string, ResponseRecord>;
  readonly sent: Record<OutboxChannel, ResponseRecord[]>;
  readonly marks: Map<string, Set<OutboxChannel>>;
  /** Revisions of which something was sent and could not be noted. */
  readonly unmarked: Set<number>;
  /** One run of the function. */
  pass(
    send: (record: ResponseRecord) => Promise<Sent>,
    record: ResponseRecord,
  ): Promise<Sent | 'failed' | 'died'>;
}

/** Targets that work, faults excepted. Each fault strikes once. */
export function fakeTargets(initial: Faults = {}): FakeTargets {
  let die: () => void = () => undefined;
  let isDead = false;
  let isNoted = false;
  let isRefused = false;
  const never = () => new Promise<never>(() => undefined);
  const targets: FakeTargets = {
    faults: initial,
    calls: [],
    evidence: new Map(),
    sent: { bus: [], message: [] },
    marks: new Map(),
    unmarked: new Set(),
    ports: {
      evidence: {
        putOnce: (key, record) =>
          call('putOnce', () => {
            const isNew = !targets.evidence.has(key);
            if (isNew) targets.evidence.set(key, record);
            return { isNew, pointer: { bucket: 'evidence', key, sha256: '' } };
          }),
      },
      bus: { send: (record) => call('bus', () => void targets.sent.bus.push(record)) },
      messages: { send: (record) => call('message', () => void targets.sent.message.push(record)) },
      marks: {
        sent: (id, revision) =>
          call('sent', () => [...(targets.marks.get(`${id} ${revision}`) ?? [])]),
        mark: (id, revision, channels) =>
          call('mark', () => {
            const held = targets.marks.get(`${id} ${revision}`) ?? new Set();
            targets.marks.set(`${id} ${revision}`, held);
            for (const channel of channels) held.add(channel);
            isNoted = true;
          }),
      },
    },
    async pass(send, record) {
      isDead = false;
      isNoted = false;
      isRefused = false;
      const countSent = () => targets.sent.bus.length + targets.sent.message.length;
      const before = countSent();
      const death = new Promise<'died'>((resolve) => {
        die = () => resolve('died');
      });
      const end = await Promise.race([send(record).catch(() => 'failed' as const), death]);
      const isLost = end === 'died' ? !isNoted : isRefused;
      if (isLost && countSent() > before) targets.unmarked.add(record.revision);
      return end;
    },
  };

  async function call<T>(step: Step, effect: () => T): Promise<T> {
    if (isDead) return never();
    const fault = targets.faults[step];
    targets.faults = { ...targets.faults, [step]: undefined };
    targets.calls.push(step);
    if (fault === 'fails') {
      isRefused ||= step === 'mark';
      throw new Error(step);
    }
    if (fault === 'dies before') return end();
    const result = effect();
    return fault === 'dies after' ? end() : result;
  }

  function end(): Promise<never> {
    isDead = true;
    die();
    return never();
  }
  return targets;
}
