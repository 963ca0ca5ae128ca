import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Stage } from '@riposte/local-stage';
import { eventually } from './eventually.ts';
import { lookSettings } from './look-settings.ts';

/** The functions of the guard that read settings. */
export const answering = ['restart-trail', 'restore-trail', 'answer-finding', 'sweep'] as const;

/** How far the guard goes, as a person sets it. */
export interface GuardSettings {
  write(settings: object): Promise<void>;
  killSwitch(state: 'on' | 'off'): Promise<void>;
  /** Functions keep what they read for a minute: lets them start anew. */
  forget(functions?: readonly string[]): Promise<void>;
  /** Changes variables of a function, as a deployment with another parameter does. */
  redeploy(functionName: string, variables: Readonly<Record<string, string>>): Promise<void>;
  close(): void;
}

export function guardSettings(stage: Stage, deployedStage: string): GuardSettings {
  const ssm = new SSMClient(lookSettings(stage));
  const lambda = new LambdaClient(lookSettings(stage));
  const put = async (name: string, Value: string) => {
    const Name = `/riposte/${deployedStage}/${name}`;
    await ssm.send(new PutParameterCommand({ Name, Value, Overwrite: true }));
  };
  const restart = async (name: string, variables: Readonly<Record<string, string>> = {}) => {
    const FunctionName = `riposte-cloudtrail-guard-${deployedStage}-${name}`;
    const read = () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const { Timeout, Environment } = await read();
    const Variables = { ...Environment?.Variables, ...variables };
    const change = { FunctionName, Timeout, Environment: { Variables } };
    await lambda.send(new UpdateFunctionConfigurationCommand(change));
    await eventually(`${FunctionName} is active`, async () => {
      return (await read()).State === 'Active' || undefined;
    });
  };
  return {
    write: (settings) => put('cloudtrail-guard/settings', JSON.stringify(settings)),
    killSwitch: (state) => put('kill-switch', state),
    async forget(functions = answering) {
      await Promise.all(functions.map((name) => restart(name)));
    },
    redeploy: restart,
    close() {
      ssm.destroy();
      lambda.destroy();
    },
  };
}
