import { severityRank } from '@riposte/rules';
import type { Acknowledgement, Alert, AlertState, Told } from './alert.ts';
import type { GroupState } from './group.ts';

/** An alert as it stands once the group's last flush is taken into account: what was being told is told, or never was. */
export function settled(alert: AlertState, group: Pick<GroupState, 'flush'>): AlertState {
  if (!alert.telling) return alert;
  const { telling, told: before, ...rest } = alert;
  const { flush, ...tells } = telling;
  const told = flush === group.flush ? tells : before;
  return { ...rest, ...(told && { told }) };
}

/** Findings vanish from Security Hub without an event, 90 days after their last update; an alert may be older, as long as nothing that matters changes. */
const forgottenAfter = 400 * 86_400_000;

/** Until when an open alert is believed in, though nothing new is heard of it. */
export function forgottenAt({ updatedAt }: Pick<Alert, 'updatedAt'>): string {
  return new Date(Date.parse(updatedAt) + forgottenAfter).toISOString();
}

/** Whether the store may have deleted it, or may as well. What is open lives by its own age, whatever was noted when it was over before. */
export function isForgotten(alert: AlertState, at: string): boolean {
  return (isOpen(alert) ? forgottenAt(alert) : alert.expiresAt) <= at;
}

/** Whether the group still has to do with it. */
export function isOpen({ status, withdrawn }: AlertState): boolean {
  return status !== 'resolved' && !withdrawn;
}

/** Whether people believe that it is open. */
export function isTold({ told }: AlertState): boolean {
  return told !== undefined && told.status !== 'resolved';
}

/** The acknowledgement that covers an alert as it stands. A severity above the one that was acknowledged is covered by a later acknowledgement only. */
export function coverOf(alert: AlertState): Acknowledgement | undefined {
  const acknowledgement = isOpen(alert) ? acknowledgementOf(alert) : undefined;
  const covered = alert.told?.acknowledged;
  if (!acknowledgement || !covered || acknowledgement.at > covered.at) return acknowledgement;
  const worse = severityRank(alert.facts.severity) > severityRank(covered.severity);
  return worse ? undefined : acknowledgement;
}

function acknowledgementOf(alert: AlertState): Acknowledgement | undefined {
  const { acknowledgement, told } = alert;
  if (acknowledgement && countsNow(acknowledgement, told)) return acknowledgement;
  if (alert.status !== 'acknowledged') return undefined;
  // Every later version of the finding carries the same workflow status: it is the acknowledgement that people know of.
  const at = told?.acknowledged?.at ?? alert.updatedAt;
  return { by: 'Security Hub', at, via: 'security-hub' };
}

/** One that was given before the alert was last resolved says nothing about its return. */
function countsNow({ at }: Acknowledgement, told: Told | undefined): boolean {
  if (!told) return true;
  if (told.status === 'resolved') return at > told.at;
  return at > told.since || at === told.acknowledged?.at;
}
