import { severityRank } from '@riposte/rules';
import type { Acknowledgement, AlertState, Told } from './alert.ts';
import type { Change, RoutePolicy } from './group.ts';
import { coverOf, isOpen, isTold } from './settle.ts';

/** What there is to tell of an alert: `dropped` is an end that nobody is told of. */
export type News = Exclude<Change, 'open'> | 'dropped';

/** An alert with what there is to say about it. */
export interface Reading {
  readonly alert: AlertState;
  readonly news?: News;
  readonly cover?: Acknowledgement;
}

type Ending = Pick<RoutePolicy, 'resolved' | 'keepsIncidents'>;

/** Compares what people were told with what is. */
export function readingOf(alert: AlertState, policy: Ending): Reading {
  const cover = coverOf(alert);
  const news = isOpen(alert) ? openNews(alert, cover) : endNews(alert, policy);
  return { alert, ...(news && { news }), ...(cover && { cover }) };
}

function endNews(alert: AlertState, { resolved, keepsIncidents }: Ending): News | undefined {
  // What was never told ends unheard: as Alertmanager, when an alert resolves before its group's wait is over.
  if (!isTold(alert)) return undefined;
  // A receiver that keeps an incident would keep it for ever.
  return resolved && (keepsIncidents || !alert.withdrawn) ? 'resolved' : 'dropped';
}

function openNews(alert: AlertState, cover: Acknowledgement | undefined): News | undefined {
  const { told, fingerprint, facts } = alert;
  if (!told || !isTold(alert)) return 'new';
  if (cover) return cover.at === told.acknowledged?.at ? undefined : 'acknowledged';
  const worse =
    told.acknowledged !== undefined && severityRank(facts.severity) > severityRank(told.severity);
  return worse || told.fingerprint !== fingerprint ? 'changed' : undefined;
}

/** What is told once a message about the alert has gone out. */
export function toldOf({ alert, cover }: Reading, at: string): Told {
  const { told, fingerprint, facts } = alert;
  const covered = cover ? { at: cover.at, severity: facts.severity } : overruled(alert);
  return {
    status: statusOf(alert, cover),
    fingerprint,
    severity: facts.severity,
    at,
    since: told && isTold(alert) ? told.since : at,
    ...(covered && { acknowledged: covered }),
  };
}

function statusOf(alert: AlertState, cover: Acknowledgement | undefined): Told['status'] {
  if (!isOpen(alert)) return 'resolved';
  return cover ? 'acknowledged' : 'open';
}

/** An acknowledgement that a higher severity has overruled is remembered, so that it stays overruled. */
function overruled(alert: AlertState): Told['acknowledged'] {
  const isTaken = alert.status === 'acknowledged' || alert.acknowledgement !== undefined;
  return isTaken && isOpen(alert) && isTold(alert) ? alert.told?.acknowledged : undefined;
}

/** Whether an acknowledgement that people were told of has been taken back without news: repeats and escalation go on. */
export function isTakenBack({ alert, cover, news }: Reading): boolean {
  return news === undefined && !cover && isOpen(alert) && alert.told?.status === 'acknowledged';
}
