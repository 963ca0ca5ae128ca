import { CloudFormationClient, paginateListExports } from '@aws-sdk/client-cloudformation';
import type { Stage } from '@riposte/local-stage';
import { lookSettings } from './look-settings.ts';

const wanted = [
  'AlertsTopicArn',
  'LastResortTopicArn',
  'StateTableName',
  'EvidenceBucketName',
  'EventBusName',
  'KeyArn',
] as const;

/** What foundation exports, by its stable names. */
export async function foundationNames(
  stage: Stage,
  deployedStage: string,
): Promise<Readonly<Record<(typeof wanted)[number], string>>> {
  const client = new CloudFormationClient(lookSettings(stage));
  const found = new Map<string, string>();
  for await (const { Exports = [] } of paginateListExports({ client }, {})) {
    for (const { Name = '', Value = '' } of Exports) found.set(Name, Value);
  }
  client.destroy();
  const named = (name: (typeof wanted)[number]) => {
    const value = found.get(`riposte-${deployedStage}-${name}`);
    if (value === undefined) throw new RangeError(`foundation exports no ${name}`);
    return value;
  };
  return {
    AlertsTopicArn: named('AlertsTopicArn'),
    LastResortTopicArn: named('LastResortTopicArn'),
    StateTableName: named('StateTableName'),
    EvidenceBucketName: named('EvidenceBucketName'),
    EventBusName: named('EventBusName'),
    KeyArn: named('KeyArn'),
  };
}
