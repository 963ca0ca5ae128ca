import { type StageClients, stageClients } from './clients.ts';
import { controlRoutes } from './control-routes.ts';
import { createDelivery } from './delivery/create-delivery.ts';
import type { DeliveryApi } from './delivery/types.ts';
import { findCheckout, nodeFolder } from './deploy/find-checkout.ts';
import { cleanEnvironment, clientEnvironment } from './emulator/clean-environment.ts';
import { findEmulator } from './emulator/find-emulator.ts';
import { type Emulator, startEmulator } from './emulator/start-emulator.ts';
import { startHubDesk } from './hub-desk.ts';
import { type CallProxy, startProxy } from './proxy/start-proxy.ts';
import { stageActions } from './stage-actions.ts';
import { type TopicMessages, topicMessages } from './topic-messages.ts';
import type { AccountRegion, Stage, StageOptions } from './types.ts';

/**
 * Starts AWS on this machine: emulator, Security Hub stand-in, and the proxy in front of both.
 *
 * The stage ends with `stop()`, and also when this process ends, however it ends. Several can run side by side.
 *
 * @throws MissingPrerequisiteError when the emulator has to be installed and cannot be.
 * @throws EmulatorError when it does not come up.
 * @example
 * const stage = await startStage({ quiet: true });
 * await stage.deploy(['foundation', 'cloudtrail-guard']);
 * await stage.play.stopTrail('main');
 * await stage.stop();
 */
export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const setting = settingOf(options);
  const running = await startParts(setting, options);
  setting.onProgress(`the stage is up at ${running.proxy.endpoint}`);
  return stageOf(setting, running);
}

interface Setting {
  readonly home: AccountRegion;
  readonly checkout: string;
  readonly processEnv: Readonly<Record<string, string | undefined>>;
  readonly onProgress: (line: string) => void;
}

interface Running {
  readonly proxy: CallProxy;
  readonly emulator: Emulator;
  readonly hub: Awaited<ReturnType<typeof startHubDesk>>;
  readonly clients: StageClients;
  readonly delivery: DeliveryApi;
  readonly topics: TopicMessages;
  readonly env: Readonly<Record<string, string>>;
}

function settingOf(options: StageOptions): Setting {
  const { quiet = false, onProgress } = options;
  return {
    home: { accountId: options.accountId ?? '123456789012', region: options.region ?? 'us-east-1' },
    checkout: options.checkout ?? findCheckout(process.cwd()),
    processEnv: options.env ?? process.env,
    onProgress: (line) => {
      if (!quiet) process.stderr.write(`${line}\n`);
      onProgress?.(line);
    },
  };
}

async function startParts(setting: Setting, options: StageOptions): Promise<Running> {
  const { home, processEnv } = setting;
  const found = await findEmulator(processEnv, setting.onProgress);
  const endpoints = { emulator: '', hub: '' };
  let processGroup: number | undefined;
  const proxy = await startProxy({
    home,
    endpointOf: (service) => (service === 'securityhub' ? endpoints.hub : endpoints.emulator),
    processGroup: () => processGroup,
    ...(options.onCall && { onCall: options.onCall }),
    control: controlRoutes(home, () => ({ proxy, topics, hub })),
  });
  const env = {
    ...cleanEnvironment(processEnv, nodeFolder(setting.checkout)),
    ...clientEnvironment({ ...home, endpoint: proxy.endpoint }),
  };
  const emulator = await startEmulator({
    ...home,
    found,
    proxyPort: proxy.port,
    env: { ...env, ...options.functionEnvironment },
    remove: options.removeAtEnd ?? [],
  }).catch(async (error: unknown) => {
    await proxy.stop();
    throw error;
  });
  endpoints.emulator = emulator.endpoint;
  processGroup = emulator.processGroup;
  const clients = stageClients({ proxy: proxy.endpoint, emulator: emulator.endpoint });
  const delivery = createDelivery(clients, home);
  const topics = topicMessages(clients);
  const hub = await startHubDesk(delivery, home, proxy.accountOf);
  endpoints.hub = hub.endpoint;
  return { proxy, emulator, hub, clients, delivery, topics, env };
}

function stageOf({ home, checkout, onProgress }: Setting, running: Running): Stage {
  const { proxy, emulator, hub, clients, delivery, topics, env } = running;
  const { endpoint } = proxy;
  const actions = stageActions(
    {
      ...{ home, endpoint, env, checkout, clients, onProgress, hub },
      ...(emulator.temporary !== undefined && { temporary: emulator.temporary }),
      calls: async () => proxy.calls(),
      subscribe: topics.subscribeAll,
    },
    delivery,
  );
  let stopping: Promise<void> | undefined;
  return {
    ...home,
    ...actions,
    endpoint,
    emulatorEndpoint: emulator.endpoint,
    securityHubEndpoint: hub.endpoint,
    env,
    pids: emulator.pids,
    calls: proxy.calls,
    clearCalls: proxy.clearCalls,
    faults: proxy.faults,
    throttleLikeAws: proxy.throttleLikeAws,
    setTrailDelivery: proxy.setTrailDelivery,
    messages: topics.messages,
    unsubscribe: topics.unsubscribe,
    stop() {
      stopping ??= stopAll(running);
      return stopping;
    },
  };
}

async function stopAll({ clients, emulator, hub, proxy }: Running): Promise<void> {
  clients.close();
  await Promise.all([emulator.stop(), hub.stop(), proxy.stop()]);
}
