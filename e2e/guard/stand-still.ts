import {
  DisableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
} from '@aws-sdk/client-eventbridge';
import type { Stage } from '@riposte/local-stage';
import { lookSettings } from './look-settings.ts';

/** Stops the stage's clock for schedules: a sweep that comes by itself every five minutes would answer in the middle of a test. */
export async function standStill(stage: Stage): Promise<void> {
  const client = new EventBridgeClient(lookSettings(stage));
  const { Rules = [] } = await client.send(new ListRulesCommand({}));
  for (const { Name, ScheduleExpression } of Rules) {
    if (ScheduleExpression) await client.send(new DisableRuleCommand({ Name }));
  }
  client.destroy();
}
