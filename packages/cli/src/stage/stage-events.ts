import { escapeText } from '@riposte/findings';
import type { AttachedStage, RecordedCall } from '@riposte/local-stage';

/** One thing that happened on a local stage. */
export interface StageEvent {
  /** ISO 8601 with milliseconds. */
  readonly time: string;
  /** Function, `somebody` for a played call, or `message`. */
  readonly who: string;
  readonly what: string;
  readonly key: string;
}

/** The application id of calls that the stage plays. */
const played = 'stage-play';

/** Functions, and what is played; not the questions of this command and of the framework. */
function isTold({ appId = '' }: RecordedCall): boolean {
  return appId === played || (appId.startsWith('riposte-') && appId !== 'riposte-cli');
}

/**
 * What happened so far, oldest first: calls of functions, calls that were played, messages that people got.
 *
 * @param topics ARNs of the topics that messages are read from.
 */
export async function stageEvents(
  stage: Pick<AttachedStage, 'calls' | 'messages'>,
  topics: readonly string[],
): Promise<readonly StageEvent[]> {
  const [calls, ...messages] = await Promise.all([
    stage.calls(),
    ...topics.map((topic) => stage.messages(topic)),
  ]);
  const told = messages.flat().map(({ id, sentAt, subject = '(no subject)' }) => ({
    time: sentAt,
    who: 'message',
    what: escapeText(subject, 120),
    key: `message-${id}`,
  }));
  const made = calls.filter(isTold).map(callEvent);
  return [...made, ...told].sort((one, other) => order(one).localeCompare(order(other)));
}

/** SNS says whole seconds: a message belongs after the calls of its second. */
function order({ time, who }: StageEvent): string {
  return who === 'message' ? time.replace(/\.000Z$/, '.999Z') : time;
}

function callEvent(call: RecordedCall): StageEvent {
  const {
    id,
    time,
    appId = '',
    service,
    operation,
    accountId,
    region,
    durationMs,
    errorCode,
    fault,
  } = call;
  const result = errorCode ? ` FAILED ${errorCode}${fault ? ` (fault: ${fault})` : ''}` : '';
  return {
    time,
    who: appId === played ? 'somebody' : appId.replace(/^riposte-/, ''),
    what: `${service}:${operation} ${accountId}/${region} ${Math.round(durationMs)} ms${result}`,
    key: `call-${id}`,
  };
}

/** One event, one line. */
export function eventLine({ time, who, what }: StageEvent): string {
  return `${time.slice(11, 23)}  ${who.padEnd(16)}  ${what}`;
}
