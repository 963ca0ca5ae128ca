import {
  GetTrailStatusCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { inOurWords } from './cloud-trail-errors.ts';
import type { CloudTrailIn, TrailStatus, TrailSwitch } from './ports.ts';

/** `TrailSwitch` on CloudTrail. */
export function cloudTrailSwitch(clientIn: CloudTrailIn): TrailSwitch {
  return {
    status: (trail) =>
      inOurWords(trail.arn, async () => {
        const client = await clientIn(trail);
        return statusOf(await client.send(new GetTrailStatusCommand({ Name: trail.arn })));
      }),
    start: (trail) =>
      inOurWords(trail.arn, async () => {
        await (await clientIn(trail)).send(new StartLoggingCommand({ Name: trail.arn }));
      }),
    stop: (trail) =>
      inOurWords(trail.arn, async () => {
        await (await clientIn(trail)).send(new StopLoggingCommand({ Name: trail.arn }));
      }),
  };
}

interface StatusReply {
  readonly IsLogging?: boolean | undefined;
  readonly StartLoggingTime?: Date | undefined;
  readonly StopLoggingTime?: Date | undefined;
  readonly LatestDeliveryTime?: Date | undefined;
  readonly LatestDeliveryError?: string | undefined;
}

function statusOf(reply: StatusReply): TrailStatus {
  return {
    isLogging: reply.IsLogging === true,
    ...(reply.StartLoggingTime && { startedAt: reply.StartLoggingTime.toISOString() }),
    ...(reply.StopLoggingTime && { stoppedAt: reply.StopLoggingTime.toISOString() }),
    ...(reply.LatestDeliveryTime && { latestDeliveryAt: reply.LatestDeliveryTime.toISOString() }),
    ...(reply.LatestDeliveryError && { latestDeliveryError: reply.LatestDeliveryError }),
  };
}
