import { CloudFormationClient, paginateListExports } from '@aws-sdk/client-cloudformation';
import type { Stage } from '@riposte/local-stage';
import { lookSettings } from '../guard/look-settings.ts';

/** What a stack exports under a name. */
export async function exportedName(stage: Stage, name: string): Promise<string> {
  const client = new CloudFormationClient(lookSettings(stage));
  try {
    for await (const { Exports = [] } of paginateListExports({ client }, {})) {
      const value = Exports.find(({ Name }) => Name === name)?.Value;
      if (value !== undefined) return value;
    }
  } finally {
    client.destroy();
  }
  throw new RangeError(`nothing exports ${name}`);
}
