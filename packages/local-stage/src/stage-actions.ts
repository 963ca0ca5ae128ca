import type { StageClients } from './clients.ts';
import { createDelivery } from './delivery/create-delivery.ts';
import type { DeliveryApi } from './delivery/types.ts';
import { deployServices } from './deploy/deploy-services.ts';
import { clientEnvironment } from './emulator/clean-environment.ts';
import { functionLogs } from './function-logs.ts';
import type { HubDesk } from './hub-desk.ts';
import { createPlay } from './play/create-play.ts';
import type { RecordedCall } from './proxy/types.ts';
import { standStill } from './stand-still.ts';
import type { AccountRegion, Stage } from './types.ts';

/** What acting on a running stage takes, in the process that holds it or in another. */
export interface StageReach {
  readonly home: AccountRegion;
  readonly endpoint: string;
  readonly env: Readonly<Record<string, string>>;
  readonly checkout: string;
  readonly clients: StageClients;
  readonly onProgress: (line: string) => void;
  /** Folder for what is gone when the stage is. */
  readonly temporary?: string;
  readonly hub: HubDesk;
  readonly calls: () => Promise<readonly RecordedCall[]>;
  /** Makes the stage listen to an account-Region's topics. */
  readonly subscribe: (where: AccountRegion) => Promise<void>;
}

/** All that can be done with a stage through its endpoints alone. */
export function stageActions(
  reach: StageReach,
  delivery: DeliveryApi = createDelivery(reach.clients, reach.home),
): DeliveryApi & Pick<Stage, 'deploy' | 'play' | 'logs' | 'standStill'> {
  const { home, endpoint, clients, checkout, onProgress, temporary } = reach;
  return {
    ...delivery,
    play: createPlay({ ...reach, delivery }),
    standStill: () => standStill(clients.events(home)),
    logs: (name, where) => functionLogs(clients, name, { ...home, ...where }),
    async deploy(service, params = {}, options = {}) {
      const where = {
        accountId: options.accountId ?? home.accountId,
        region: options.region ?? home.region,
      };
      await deployServices({
        ...{ checkout, params, onProgress, ...options, region: where.region },
        services: typeof service === 'string' ? [service] : service,
        env: { ...reach.env, ...clientEnvironment({ ...where, endpoint }) },
        ...(temporary !== undefined && { temporary }),
      });
      await reach.subscribe(where);
    },
  };
}
