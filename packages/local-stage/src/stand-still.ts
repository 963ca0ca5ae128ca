import { DisableRuleCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { rulesOf } from './delivery/matching-rules.ts';

/** Switches the schedules off: what comes by itself every few minutes would come in the middle of what is looked at. */
export async function standStill(client: EventBridgeClient): Promise<void> {
  for (const { Name, ScheduleExpression } of await rulesOf(client, 'default')) {
    if (ScheduleExpression) await client.send(new DisableRuleCommand({ Name }));
  }
}
