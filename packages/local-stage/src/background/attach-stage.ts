import { stageClients } from '../clients.ts';
import { nodeFolder } from '../deploy/find-checkout.ts';
import { cleanEnvironment, clientEnvironment } from '../emulator/clean-environment.ts';
import type { RecordedCall } from '../proxy/types.ts';
import { stageActions } from '../stage-actions.ts';
import type { AttachedStage, StageMessage } from '../types.ts';
import { endStage } from './launch-stage.ts';
import { readState } from './stage-state.ts';

/**
 * Joins a stage that another process holds.
 *
 * @throws StageNotFoundError when no stage of that name is up.
 * @example
 * const stage = await attachStage('dev');
 * await stage.deploy('foundation');
 */
export async function attachStage(
  name: string,
  options: {
    readonly folder?: string;
    readonly onProgress?: (line: string) => void;
  } = {},
): Promise<AttachedStage> {
  const { folder = process.cwd(), onProgress = () => undefined } = options;
  const state = await readState(folder, name);
  const { endpoint, emulatorEndpoint, securityHubEndpoint, checkout } = state;
  const home = { accountId: state.accountId, region: state.region };
  const env = {
    ...cleanEnvironment(process.env, nodeFolder(checkout)),
    ...clientEnvironment({ ...home, endpoint }),
  };
  const clients = stageClients({ proxy: endpoint, emulator: emulatorEndpoint });
  const ask = holderOf(endpoint);
  const calls = async (): Promise<readonly RecordedCall[]> => JSON.parse(await ask('GET', 'calls'));
  const actions = stageActions({
    ...{ home, endpoint, env, checkout, clients, onProgress, calls },
    hub: {
      take: async (form, findings, where) =>
        JSON.parse(await ask('POST', 'findings', { form, ...where }, findings)),
      click: async (action, ids) => JSON.parse(await ask('POST', 'click', { action }, ids)),
    },
    subscribe: async (where) => {
      await ask('POST', 'subscribe', { ...where });
    },
  });
  return {
    ...home,
    ...actions,
    ...{ name, endpoint, emulatorEndpoint, securityHubEndpoint, env, calls },
    messages: async (topic): Promise<readonly StageMessage[]> =>
      JSON.parse(await ask('GET', 'messages', { topic })),
    unsubscribe: async (topic) => {
      await ask('POST', 'unsubscribe', { topic });
    },
    stop: async () => {
      clients.close();
      await endStage(name, folder);
    },
  };
}

/** Asks the process that holds the stage for what only it knows. */
function holderOf(endpoint: string) {
  return async (
    method: string,
    path: string,
    question: Record<string, string> = {},
    body?: unknown,
  ) => {
    const url = `${endpoint}/_stage/${path}?${new URLSearchParams(question)}`;
    const response = await fetch(url, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return response.text();
  };
}
