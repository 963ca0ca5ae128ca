import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { NotMeasuredError } from '../errors.ts';
import type { CustodianTools } from './custodian-tools.ts';
import type { GuardWorld } from './guard-world.ts';

const execute = promisify(execFile);

/** A deployed function as it lies on the stage. */
export interface DeployedFunction {
  /** The file that its handler is in. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Fetches what was deployed: the same bytes that the stage runs. */
export async function fetchBundle(
  { lambda, temporary }: GuardWorld,
  { python }: CustodianTools,
  functionName: string,
): Promise<DeployedFunction> {
  const found = await lambda.send(new GetFunctionCommand({ FunctionName: functionName }));
  const file = /^(.+)\.\w+$/.exec(found.Configuration?.Handler ?? '')?.[1];
  const location = found.Code?.Location;
  if (location === undefined || file === undefined) {
    throw new NotMeasuredError(`${functionName} has no code`, 'was it deployed?');
  }
  const folder = join(temporary, functionName);
  await mkdir(folder, { recursive: true });
  const zip = join(folder, 'code.zip');
  const response = await fetch(location, { signal: AbortSignal.timeout(30_000) });
  await writeFile(zip, Buffer.from(await response.arrayBuffer()));
  await execute(python, ['-m', 'zipfile', '-e', zip, folder], { timeout: 30_000 });
  return {
    bundle: join(folder, `${file}.js`),
    environment: found.Configuration?.Environment?.Variables ?? {},
  };
}
