import {
  CloudTrailClient,
  CreateTrailCommand,
  type CreateTrailCommandInput,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import type { Stage } from '@riposte/local-stage';
import {
  cloudTrailPorts,
  type TrailId,
  type TrailPorts,
  type TrailStatus,
  trailOf,
} from '@riposte/remediations/cloudtrail';
import { eventually } from './eventually.ts';
import { lookSettings, type Place } from './look-settings.ts';

/** What a trail is created with; everything has a default. */
export type NewTrail = Place & Partial<Omit<CreateTrailCommandInput, 'Name'>>;

/** Trails of any account and Region, as their owners see them. */
export interface Trails extends TrailPorts {
  /** Creates a trail and starts it. */
  startNew(name: string, settings?: NewTrail): Promise<TrailId>;
  /** Waits until a trail records. */
  recording(trail: TrailId, limitMs?: number): Promise<TrailStatus>;
  close(): void;
}

export function trailsOn(stage: Stage): Trails {
  const clients = new Map<string, CloudTrailClient>();
  const clientIn = (place: Place) => {
    const key = `${place.accountId}|${place.region}`;
    const client = clients.get(key) ?? new CloudTrailClient(lookSettings(stage, place));
    clients.set(key, client);
    return client;
  };
  const ports = cloudTrailPorts(clientIn);
  return {
    ...ports,
    async startNew(name, { accountId, region, ...settings } = {}) {
      const place = { accountId: accountId ?? stage.accountId, region: region ?? stage.region };
      const client = clientIn(place);
      const created = await client.send(
        new CreateTrailCommand({
          Name: name,
          S3BucketName: 'trail-logs',
          EnableLogFileValidation: true,
          ...settings,
        }),
      );
      await client.send(new StartLoggingCommand({ Name: name }));
      return trailOf(created.TrailARN ?? name, place);
    },
    recording: (trail, limitMs) =>
      eventually(
        `${trail.arn} records`,
        async () => {
          const status = await ports.status(trail);
          return status.isLogging ? status : undefined;
        },
        limitMs,
      ),
    close() {
      for (const client of clients.values()) client.destroy();
    },
  };
}
