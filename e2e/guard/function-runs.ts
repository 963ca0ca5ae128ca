import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { DeliveryReport, Stage } from '@riposte/local-stage';
import { eventually } from './eventually.ts';
import { lookSettings } from './look-settings.ts';

/** What is known of something that was played or delivered. */
interface Delivered {
  readonly delivery?: DeliveryReport;
}

/** Runs of the deployed functions. */
export interface FunctionRuns {
  /** Does something that delivers events, and waits until each function has run as often as it was invoked by them. */
  after<T extends Delivered>(act: () => Promise<T>): Promise<T>;
  /** Invokes a function and waits for what it answers. */
  invoke(name: string, event: unknown): Promise<unknown>;
  close(): void;
}

export function functionRuns(stage: Stage, prefix: string): FunctionRuns {
  const lambda = new LambdaClient({ ...lookSettings(stage), endpoint: stage.emulatorEndpoint });
  const ended = async (name: string) => {
    const lines = await stage.logs(name);
    return lines.filter(({ message }) => message.startsWith('REPORT ')).length;
  };
  return {
    async after(act) {
      const before = new Map<string, number>();
      for (const name of functions) before.set(name, await ended(`${prefix}${name}`));
      const done = await act();
      for (const [name, count] of invoked(done)) {
        const wanted = (before.get(name.slice(prefix.length)) ?? 0) + count;
        await eventually(`run ${wanted} of ${name}`, async () => {
          return (await ended(name)) >= wanted || undefined;
        });
      }
      return done;
    },
    async invoke(name, event) {
      const { Payload, FunctionError } = await lambda.send(
        new InvokeCommand({
          FunctionName: `${prefix}${name}`,
          Payload: Buffer.from(JSON.stringify(event)),
        }),
      );
      const answer: unknown = JSON.parse(Payload?.transformToString() || 'null');
      if (FunctionError !== undefined)
        throw new TypeError(`${name} failed: ${JSON.stringify(answer)}`);
      return answer;
    },
    close: () => lambda.destroy(),
  };
}

const functions = [
  'restart-trail',
  'restore-trail',
  'answer-finding',
  'watch-storage',
  'watch-self',
];

function invoked({ delivery }: Delivered): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { targetArn } of delivery?.targets ?? []) {
    const [, name] = targetArn.split(':function:');
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
