import {
  DisableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
} from '@aws-sdk/client-eventbridge';
import { expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { standStill } from './stand-still.ts';

it('switches schedules off, on whichever page they are, and leaves rules with a pattern alone', async () => {
  const client = new EventBridgeClient({});
  const events = mockClient(client);
  events
    .on(ListRulesCommand)
    .resolvesOnce({
      Rules: [{ Name: 'each-minute', ScheduleExpression: 'cron(* * * * ? *)' }, { Name: 'stops' }],
      NextToken: 'more',
    })
    .resolves({ Rules: [{ Name: 'daily', ScheduleExpression: 'rate(1 day)' }] });
  events.on(DisableRuleCommand).resolves({});
  await standStill(client);
  const disabled = events.commandCalls(DisableRuleCommand).map(({ args: [{ input }] }) => input);
  expect(disabled).toEqual([{ Name: 'each-minute' }, { Name: 'daily' }]);
});
