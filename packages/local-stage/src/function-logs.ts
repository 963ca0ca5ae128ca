import { FilterLogEventsCommand, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import type { StageClients } from './clients.ts';
import type { AccountRegion, LogLine } from './types.ts';

/** What a function logged, oldest first; nothing where it never ran. */
export async function functionLogs(
  clients: Pick<StageClients, 'logs'>,
  functionName: string,
  where: AccountRegion,
): Promise<readonly LogLine[]> {
  const lines: LogLine[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await clients.logs(where).send(
        new FilterLogEventsCommand({
          logGroupName: `/aws/lambda/${functionName}`,
          ...(nextToken && { nextToken }),
        }),
      );
      for (const { timestamp = 0, message = '', logStreamName = '' } of page.events ?? [])
        lines.push({ time: new Date(timestamp).toISOString(), message, stream: logStreamName });
      nextToken = page.nextToken;
    } while (nextToken);
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return lines;
}
