import {
  type EventBridgeClient,
  ListRulesCommand,
  type Rule,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import type { ServiceEvent } from './types.ts';

/** The enabled rules of a bus whose pattern the event matches, by asking EventBridge itself. */
export async function matchingRules(
  client: EventBridgeClient,
  bus: string,
  event: ServiceEvent,
): Promise<readonly Rule[]> {
  const rules = await rulesOf(client, bus);
  const document = JSON.stringify(event);
  const matches = await Promise.all(
    rules.map(async ({ EventPattern: pattern, State: state }) => {
      if (!pattern || state === 'DISABLED' || !canMatchSource(pattern, event.source)) return false;
      const { Result: result } = await client.send(
        new TestEventPatternCommand({ EventPattern: pattern, Event: document }),
      );
      return result === true;
    }),
  );
  return rules.filter((_rule, index) => matches[index]);
}

/** All rules of a bus, page by page. */
export async function rulesOf(client: EventBridgeClient, bus: string): Promise<readonly Rule[]> {
  const rules: Rule[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListRulesCommand({ EventBusName: bus, ...(token && { NextToken: token }) }),
    );
    rules.push(...(page.Rules ?? []));
    token = page.NextToken;
  } while (token);
  return rules;
}

/** Spares a question where a pattern names other sources only. */
export function canMatchSource(pattern: string, source: string): boolean {
  const { source: sources }: { source?: unknown } = JSON.parse(pattern);
  if (!Array.isArray(sources)) return true;
  return sources.some((one) => typeof one !== 'string' || one === source);
}
