import { escapeText, type ResponseRecord } from '@riposte/findings';
import { duration, utc } from './time-in-words.ts';

/** A record as messages are made from it. */
export type Told = Omit<ResponseRecord, 'message'>;

/** What a person reads first, at three in the morning. */
export interface Headline {
  /** For the subject, after the status word. */
  readonly short: string;
  readonly what: string;
  readonly done: string;
  readonly now: string;
}

/** Words of one kind: what happened, what the answer is called, and what is true when it is proven, or when nothing was done. */
interface Words {
  readonly short: (name: string) => string;
  readonly what: (name: string, record: Told) => string;
  readonly repaired: string;
  readonly proven: string;
  readonly standing: string;
}

const byKind: Readonly<Record<string, Words>> = {
  'trail-stopped': {
    short: (name) => `trail ${name} was stopped`,
    what: (name, record) => `CloudTrail trail "${name}" was stopped${at(record)}.`,
    repaired: 'Riposte started it again',
    proven: 'The trail RECORDS AGAIN',
    standing: 'Unless somebody else started it, the trail DOES NOT RECORD',
  },
  'trail-blinded': {
    short: (name) => `trail ${name} was blinded`,
    what: (name, record) =>
      `CloudTrail trail "${name}" was changed so that it hides API calls${at(record)}: as good as a stop.`,
    repaired: 'Riposte restored the approved settings',
    proven: 'The trail RECORDS them AGAIN',
    standing: 'The trail DOES NOT RECORD what its approved baseline says',
  },
  'trail-weakened': {
    short: (name) => `trail ${name} was weakened`,
    what: (name, record) => `Settings of CloudTrail trail "${name}" were weakened${at(record)}.`,
    repaired: 'Riposte restored the approved settings',
    proven: 'The trail records as approved',
    standing: 'The trail records LESS than its approved baseline',
  },
  'trail-deleted': {
    short: (name) => `trail ${name} was deleted`,
    what: (name, record) => `CloudTrail trail "${name}" was deleted${at(record)}.`,
    repaired: 'Riposte created it again from the approved baseline and started it',
    proven: 'The trail exists and RECORDS AGAIN',
    standing: 'The trail DOES NOT EXIST: nothing is recorded by it',
  },
  'trail-stopped-repeatedly': {
    short: (name) => `trail ${name} is stopped again and again`,
    what: (name) =>
      `CloudTrail trail "${name}" was stopped three times or more within ten minutes.`,
    repaired: '',
    proven: '',
    standing:
      'Riposte goes on starting the trail. Whoever stops it still has access: contain the principal below',
  },
  'trail-attempt': {
    short: (name) => `attempt to tamper with ${name} failed`,
    what: (name, record) =>
      `Somebody tried ${record.trigger.eventName ?? 'a change'} on "${name}" and AWS refused it${at(record)}.`,
    repaired: '',
    proven: '',
    standing:
      'Nothing is changed. Further attempts by the same principal within the hour are not told',
  },
  'trail-unreadable': {
    short: (name) => `trail ${name} cannot be read`,
    what: (name) =>
      `Riposte heard that CloudTrail trail "${name}" was tampered with and cannot read its state.`,
    repaired: '',
    proven: '',
    standing: 'Whether the trail records is NOT KNOWN: look at it now',
  },
  'trail-storage': {
    short: (name) => `storage of a trail was changed: ${name}`,
    what: (name, record) =>
      `${record.trigger.eventName ?? 'A change'} was called on "${name}", where CloudTrail delivers to or encrypts with${at(record)}.`,
    repaired: '',
    proven: '',
    standing: 'Log files may be lost, unreadable or undelivered: check it now',
  },
  'self-tamper': {
    short: (name) => `Riposte or its senses were changed: ${name}`,
    what: (name, record) =>
      `${record.trigger.eventName ?? 'A change'} was called on "${name}", which Riposte depends on${at(record)}.`,
    repaired: '',
    proven: '',
    standing: 'If this was no deployment of yours, Riposte may be blind: run `riposte doctor`',
  },
  'no-subscriber': {
    short: () => 'nobody is subscribed to the alerts topic',
    what: (name) =>
      `Topic "${name}" has no confirmed subscription: nobody receives Riposte's messages.`,
    repaired: '',
    proven: '',
    standing:
      'Confirm a subscription now; README says how to do it so that a mail link cannot undo it',
  },
};

const statusWord: Readonly<Record<string, string>> = {
  verified: 'REPAIRED',
  planned: 'NOT CHANGED',
  told: 'TOLD',
  failed: 'FAILED',
};

/** What happened, what was done, and how it stands: one sentence each. */
export function headlineOf(record: Told): Headline {
  const words = byKind[record.kind];
  const name = escapeText(shownName(record.resource.arn), 128);
  return {
    short: `${subjectWord(record)}: ${words?.short(name) ?? name}`,
    what: words?.what(name, record) ?? name,
    done: done(record, words?.repaired ?? ''),
    now: now(record, words),
  };
}

function subjectWord({ kind, status, revision }: Told): string {
  const isEscalated =
    kind === 'trail-stopped-repeatedly' ||
    (status === 'failed' && revision > 1) ||
    kind === 'no-subscriber';
  return isEscalated ? 'ESCALATED' : (statusWord[status] ?? status);
}

function done(record: Told, repaired: string): string {
  const reason = record.reason === undefined ? '' : escapeText(record.reason, 600);
  if (record.status === 'verified') {
    const { broken, applied } = record.times;
    const after = broken && applied ? `, ${duration(broken, applied)} after it was broken` : '';
    return `${repaired}${after}.${reason && ` Note: ${reason}.`}`;
  }
  if (record.status === 'failed') {
    return `Riposte could NOT repair it: ${reason || 'the state read back is not the wanted one'}.`;
  }
  const planned = record.plan.map(({ operation }) => operation).join(', ');
  const would = record.status === 'planned' && planned ? ` The answer would be: ${planned}.` : '';
  return `Nothing was changed${reason && `: ${reason}`}.${would}`;
}

function now(record: Told, words: Words | undefined): string {
  const { verification, status } = record;
  const evidence = verification ? ` (${escapeText(verification.evidence, 400)})` : '';
  const isFine = status === 'verified' || (status === 'told' && verification?.verified === true);
  const sentence = isFine && words?.proven ? words.proven : (words?.standing ?? '');
  return `${sentence}${evidence}.`;
}

function at({ times, trigger }: Told): string {
  const moment = times.broken ?? trigger.eventTime;
  return moment === undefined ? '' : ` at ${utc(moment)}`;
}

/** The part of an ARN that people call the thing by. */
export function shownName(arn: string): string {
  return arn.split(/[/:]/).at(-1) || arn;
}
