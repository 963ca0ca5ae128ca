/** A message as it stands. */
export interface SlackMessage {
  readonly conversation: string;
  readonly ts: string;
  readonly threadTs?: string;
  readonly text: string;
  readonly blocks: readonly unknown[];
  /** `metadata.event_payload.id`: the sender's own id. */
  readonly id?: string;
  readonly clientMsgId?: string;
  /** Whether a reply is shown in the conversation too. */
  readonly broadcast: boolean;
  /** How often it was changed. */
  readonly updates: number;
}

export interface SlackConversations {
  messages(): readonly SlackMessage[];
  find(conversation: string, ts: string): SlackMessage | undefined;
  repeated(clientMsgId: string): SlackMessage | undefined;
  add(message: Omit<SlackMessage, 'ts' | 'updates'>): SlackMessage;
  change(message: SlackMessage, to: Pick<SlackMessage, 'text' | 'blocks'>): void;
  remove(ts: string): void;
}

/** The messages of a workspace, in the order in which they were posted. */
export function slackConversations(now: () => Date): SlackConversations {
  let held: SlackMessage[] = [];
  let count = 0;
  return {
    messages: () => held,
    find: (conversation, ts) =>
      held.find((message) => message.conversation === conversation && message.ts === ts),
    repeated: (clientMsgId) => held.find((message) => message.clientMsgId === clientMsgId),
    add(message) {
      count += 1;
      const seconds = Math.floor(now().getTime() / 1000);
      const ts = `${seconds}.${`${count}`.padStart(6, '0')}`;
      const added = { ...message, ts, updates: 0 };
      held.push(added);
      return added;
    },
    change(message, to) {
      held = held.map((other) =>
        other === message ? { ...other, ...to, updates: other.updates + 1 } : other,
      );
    },
    remove(ts) {
      held = held.filter((message) => message.ts !== ts);
    },
  };
}
