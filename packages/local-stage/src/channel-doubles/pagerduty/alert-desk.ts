export type AlertStatus = 'triggered' | 'acknowledged' | 'resolved';

/** An alert of a service: what events of one `dedup_key` make until it is resolved. */
export interface PagerDutyAlert {
  readonly dedupKey: string;
  readonly status: AlertStatus;
  /** Of the first trigger: PagerDuty keeps it. */
  readonly summary: string;
  readonly severity: string;
  /** Actions that the alert saw, in order. */
  readonly log: readonly string[];
  /** `custom_details.message_id` of its triggers. */
  readonly messages: readonly string[];
}

export interface AlertEvent {
  readonly action: 'trigger' | 'acknowledge' | 'resolve';
  readonly dedupKey: string;
  readonly summary: string;
  readonly severity: string;
  readonly messageId?: string;
}

export interface AlertDesk {
  alerts(): readonly PagerDutyAlert[];
  take(event: AlertEvent): void;
}

const becomes = { acknowledge: 'acknowledged', resolve: 'resolved' } as const;

/** A trigger adds to the open alert of its key, or opens one; other events of a key without an open alert change nothing. */
export function alertDesk(): AlertDesk {
  let held: PagerDutyAlert[] = [];
  return {
    alerts: () => held,
    take(event) {
      const { dedupKey, action } = event;
      const open = held.find((alert) => alert.dedupKey === dedupKey && alert.status !== 'resolved');
      if (open) held = held.map((alert) => (alert === open ? changed(open, event) : alert));
      else if (action === 'trigger') held.push(opened(event));
    },
  };
}

function opened(event: AlertEvent): PagerDutyAlert {
  const { dedupKey, summary, severity } = event;
  return {
    ...{ dedupKey, summary, severity, status: 'triggered', log: ['trigger'] },
    messages: event.messageId === undefined ? [] : [event.messageId],
  };
}

function changed(alert: PagerDutyAlert, { action, messageId }: AlertEvent): PagerDutyAlert {
  return {
    ...alert,
    status: action === 'trigger' ? alert.status : becomes[action],
    log: [...alert.log, action],
    messages: messageId === undefined ? alert.messages : [...alert.messages, messageId],
  };
}
