import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { escapeText } from '@riposte/findings';

/** Structured logs; the service's name is `POWERTOOLS_SERVICE_NAME`. Bodies of findings are never logged. */
export const logger = new Logger();

/** Metrics in the embedded metric format; `measure` writes one at a time. */
export const metrics = new Metrics({
  namespace: process.env.POWERTOOLS_METRICS_NAMESPACE || 'Riposte',
});

/** A measured value with its dimension. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'Count' | 'Milliseconds';
  readonly dimensions?: Readonly<Record<string, string>>;
}

/**
 * Writes one metric in the embedded metric format.
 *
 * @example
 * measure({ name: 'TimeToVerified', value: 812, unit: 'Milliseconds' });
 */
export function measure({ name, value, unit, dimensions = {} }: Measure): void {
  const single = metrics.singleMetric();
  for (const [key, text] of Object.entries(dimensions))
    single.addDimension(key, escapeText(text, 200));
  single.addMetric(name, unit === 'Count' ? MetricUnit.Count : MetricUnit.Milliseconds, value);
}
