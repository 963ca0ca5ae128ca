import type { HubDesk } from './hub-desk.ts';
import type { CallProxy, ControlRoutes } from './proxy/start-proxy.ts';
import type { TopicMessages } from './topic-messages.ts';
import type { AccountRegion } from './types.ts';

/** What other processes may ask of the one that holds the stage, under `/_stage/`. Asked for late: the proxy starts first. */
export function controlRoutes(
  home: AccountRegion,
  held: () => {
    readonly proxy: Pick<CallProxy, 'calls'>;
    readonly topics: TopicMessages;
    readonly hub: HubDesk;
  },
): ControlRoutes {
  const placeOf = (question: URLSearchParams): AccountRegion => ({
    accountId: question.get('accountId') ?? home.accountId,
    region: question.get('region') ?? home.region,
  });
  const topicOf = (question: URLSearchParams) => question.get('topic') ?? '';
  return {
    'GET calls': () => held().proxy.calls(),
    'GET messages': (question) => held().topics.messages(topicOf(question)),
    'POST unsubscribe': (question) => held().topics.unsubscribe(topicOf(question)),
    'POST subscribe': (question) => held().topics.subscribeAll(placeOf(question)),
    'POST findings': (question, body) => {
      const form = question.get('form') === 'ocsf' ? 'ocsf' : 'asff';
      return held().hub.take(form, JSON.parse(body), placeOf(question));
    },
    'POST click': (question, body) =>
      held().hub.click(question.get('action') ?? '', JSON.parse(body)),
  };
}
