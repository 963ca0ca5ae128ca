import {
  type CloudTrailClient,
  GetTrailStatusCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { inOurWords } from './cloud-trail-errors.ts';
import type { TrailId, TrailStatus, TrailSwitch } from './trail-ports.ts';

/** Gives the client that acts for a trail: in its account and home Region. */
export type CloudTrailFor = (trail: TrailId) => CloudTrailClient | Promise<CloudTrailClient>;

/** `TrailSwitch` on CloudTrail. */
export function cloudTrailSwitch(clientFor: CloudTrailFor): TrailSwitch {
  return {
    status: (trail) =>
      inOurWords(trail.arn, async () => {
        const client = await clientFor(trail);
        return statusOf(await client.send(new GetTrailStatusCommand({ Name: trail.arn })));
      }),
    start: (trail) =>
      inOurWords(trail.arn, async () => {
        await (await clientFor(trail)).send(new StartLoggingCommand({ Name: trail.arn }));
      }),
    stop: (trail) =>
      inOurWords(trail.arn, async () => {
        await (await clientFor(trail)).send(new StopLoggingCommand({ Name: trail.arn }));
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
