import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Stage } from '@riposte/local-stage';
import { lookSettings } from '../guard/look-settings.ts';

/** What a deployed detector says of itself. */
export interface Detector {
  readonly bucket: string;
  readonly queueUrl: string;
  readonly deadLetterUrl: string;
}

/** The detector's stack outputs, by their stable names. */
export async function detectorOf(stage: Stage): Promise<Detector> {
  const client = new CloudFormationClient(lookSettings(stage));
  const { Stacks = [] } = await client.send(
    new DescribeStacksCommand({ StackName: 'riposte-fim-detector-local' }),
  );
  client.destroy();
  const outputs = new Map(
    Stacks.flatMap(({ Outputs = [] }) => Outputs).map((one) => [one.OutputKey, one.OutputValue]),
  );
  const named = (name: string) => {
    const value = outputs.get(name);
    if (value === undefined) throw new RangeError(`the detector has no output ${name}`);
    return value;
  };
  return {
    bucket: named('InventoryBucketName'),
    queueUrl: named('DetectorQueueUrl'),
    deadLetterUrl: named('DetectorDlqUrl'),
  };
}
