import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateFunctionCommand, GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { bundleBare } from './bundle.ts';
import type { CustodianTools } from './custodian-tools.ts';
import type { GuardWorld } from './guard-world.ts';

const execute = promisify(execFile);

export const bareFunction = 'bench-bare';
export const bareAppId = 'bench-bare';

/** Deploys the bare function beside Riposte's, with its memory, its time-out and its environment. */
export async function deployBare(
  { lambda, temporary }: GuardWorld,
  { python }: CustodianTools,
  like: string,
): Promise<void> {
  const folder = join(temporary, 'bare');
  const bundle = join(folder, 'handler.js');
  await mkdir(folder, { recursive: true });
  await bundleBare(bundle);
  const zip = ['-m', 'zipfile', '-c', 'bare.zip', 'handler.js'];
  await execute(python, zip, { cwd: folder, timeout: 30_000 });
  const { MemorySize, Timeout, Role, Runtime, Environment } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: like }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      ...{ FunctionName: bareFunction, Handler: 'handler.handler', MemorySize, Timeout, Role },
      Runtime,
      Environment: { Variables: { ...Environment?.Variables, AWS_SDK_UA_APP_ID: bareAppId } },
      Code: { ZipFile: await readFile(join(folder, 'bare.zip')) },
    }),
  );
}
