import type { Target } from '@aws-sdk/client-eventbridge';
import type { ServiceEvent } from './types.ts';

/**
 * What a target gets of an event: all of it, a constant, a part, or a template filled in.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function targetInput(
  target: Pick<Target, 'Input' | 'InputPath' | 'InputTransformer'>,
  event: ServiceEvent,
  ruleArn: string,
): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(valueAt(event, target.InputPath));
  if (!target.InputTransformer) return JSON.stringify(event);
  const { InputPathsMap: paths = {}, InputTemplate: template = '' } = target.InputTransformer;
  const values: Record<string, unknown> = {
    'aws.events.event': event,
    'aws.events.event.json': event,
    'aws.events.rule-arn': ruleArn,
    'aws.events.event.ingestion-time': event.time,
  };
  for (const [name, path] of Object.entries(paths)) values[name] = valueAt(event, path);
  return template.replaceAll(/"?<([\w.-]+)>"?/g, (whole, name: string) =>
    name in values ? placed(whole, values[name]) : whole,
  );
}

/** A string goes inside the template's quotes, or gets its own; anything else goes in as JSON, without quotes around it. */
function placed(whole: string, value: unknown): string {
  const opening = whole.startsWith('"') ? '"' : '';
  const closing = whole.endsWith('"') ? '"' : '';
  if (typeof value === 'string') {
    const inner = JSON.stringify(value).slice(1, -1);
    const isBare = !opening && !closing;
    return isBare ? `"${inner}"` : `${opening}${inner}${closing}`;
  }
  const json = value === undefined ? '' : JSON.stringify(value);
  const isQuoted = opening && closing && json;
  return isQuoted ? json : `${opening}${json}${closing}`;
}

/** The value at a path such as `$.detail.resources[0].ARN`. */
export function valueAt(value: unknown, path: string): unknown {
  const steps = path.match(/[\w-]+/g) ?? [];
  let current = value;
  for (const step of steps) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = new Map(Object.entries(current)).get(step);
  }
  return current;
}
