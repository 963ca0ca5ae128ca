import type { Measure } from '@riposte/lambda';
import { AcknowledgementFailedError } from '../errors.ts';
import type { AcknowledgePorts } from './acknowledge.ts';
import { acknowledge } from './acknowledge.ts';
import { type AcknowledgementRequest, acknowledgeFromSlack } from './acknowledge-from-slack.ts';
import { type UrlAnswer, type UrlRequest, urlAnswer, urlRequest } from './url-request.ts';

/** A Slack app that may call: its secret, and the channels that it stands for. */
export interface SlackApp {
  readonly signingSecret: string;
  readonly channels: readonly string[];
}

export interface CallbackPorts {
  apps(): Promise<readonly SlackApp[]>;
  /** Groups that tell these channels. */
  groupsOf(channels: readonly string[]): AcknowledgePorts['groups'];
  readonly answer: AcknowledgePorts['answer'];
  clock(): Date;
  measure(measure: Measure): void;
  /** Why a request was refused: for the log, and for nobody who asks. */
  note(message: string, facts: Readonly<Record<string, string>>): void;
}

/**
 * Answers Slack's callback. Everybody can call the URL, so that nothing is done, and nothing learned, before the signature of one of the rule set's
 * Slack apps is verified; a group is taken on only by people of an app that it tells.
 *
 * @throws AcknowledgementFailedError: Slack then shows that it did not work, and the person clicks again.
 */
export function slackCallback(ports: CallbackPorts) {
  return async (event: unknown): Promise<UrlAnswer> => {
    const request = urlRequest(event);
    if (!request) return refuse(ports, 400, 'no request of a function URL');
    try {
      return await answerTo(request, ports);
    } catch (cause) {
      throw new AcknowledgementFailedError({ cause });
    }
  };
}

async function answerTo(request: UrlRequest, ports: CallbackPorts): Promise<UrlAnswer> {
  const now = ports.clock();
  const apps = await ports.apps();
  let read: AcknowledgementRequest = {
    refusal: { status: 401, reason: 'no Slack app has a signing secret' },
  };
  for (const { signingSecret, channels } of apps) {
    read = acknowledgeFromSlack({ ...request, now, signingSecret });
    if ('acknowledgement' in read) {
      const { acknowledgement } = read;
      const { answer } = ports;
      const groups = ports.groupsOf(channels);
      const { outcome } = await acknowledge(acknowledgement, { groups, answer, now: () => now });
      const { groupKey, by } = acknowledgement;
      ports.note('acknowledgement', { state: outcome.state, groupKey, user: by.id });
      ports.measure({ ...count('Acknowledgements'), dimensions: { state: outcome.state } });
      return urlAnswer(200);
    }
    if (read.refusal.status !== 401) break;
  }
  const { status, reason } = read.refusal;
  return refuse(ports, status, reason);
}

function refuse(ports: CallbackPorts, status: number, reason: string): UrlAnswer {
  ports.note('request refused', { reason });
  ports.measure(count('RefusedRequests'));
  return urlAnswer(status);
}

function count(name: string): Measure {
  return { name, value: 1, unit: 'Count' };
}
