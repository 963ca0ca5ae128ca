import type { Severity } from '@riposte/findings';
import type { Signal } from '../model/signal.ts';

const severities: readonly Severity[] = ['informational', 'low', 'medium', 'high', 'critical'];

/** Signals that nothing harmless gives in the ordinary course of things. Going backwards is left out: packages and restores do that. */
const raising: ReadonlySet<Signal> = new Set([
  'size-changed-time-kept',
  'time-in-future',
  'mass-deletion',
  'folder-gone',
] as const);

/**
 * A rule's severity in the light of signals: one level up where one of them is alarming, one down (never below low) where the node's packages
 * changed in the same time, neither where both are.
 *
 * @example
 * signalledSeverity('medium', ['size-changed-time-kept']); // 'high'
 */
export function signalledSeverity(severity: Severity, signals: readonly Signal[]): Severity {
  const up = signals.some((signal) => raising.has(signal)) ? 1 : 0;
  const down = signals.includes('package-updated') ? 1 : 0;
  const at = severities.indexOf(severity);
  const lowest = Math.min(at, severities.indexOf('low'));
  const level = Math.max(lowest, Math.min(at + up - down, severities.length - 1));
  return severities[level] ?? severity;
}
