import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Stage } from '@riposte/local-stage';
import { MissingPeerError } from '../errors.ts';
import type { CustodianTools } from './custodian-tools.ts';

const execute = promisify(execFile);
const policyName = 'restart-stopped-trail';

/** Cloud Custodian names a policy's function after it. */
export const custodianFunction = `custodian-${policyName}`;

/**
 * The policy that its documentation would have one write. Memory and time-out are those of Riposte's function; the output folder is one
 * that goes with the stage, where Lambda's would be `/tmp`.
 *
 * @see https://cloudcustodian.io/docs/aws/resources/cloudtrail.html
 * @see https://cloudcustodian.io/docs/aws/lambda.html
 */
function policyOf({ accountId }: Stage, runtime: string, outputFolder: string): object {
  return {
    policies: [
      {
        name: policyName,
        resource: 'aws.cloudtrail',
        mode: {
          type: 'cloudtrail',
          role: `arn:aws:iam::${accountId}:role/custodian`,
          runtime,
          memory: 1024,
          timeout: 60,
          events: [
            {
              source: 'cloudtrail.amazonaws.com',
              event: 'StopLogging',
              ids: 'requestParameters.name',
            },
          ],
          'execution-options': { output_dir: outputFolder },
        },
        actions: [{ type: 'set-logging', enabled: true }],
      },
    ],
  };
}

/**
 * Lets Cloud Custodian deploy its policy to the stage, as a user would: function, rule and permission are its own work.
 *
 * @param temporary a folder that is removed at the end.
 * @throws MissingPeerError with what it said, when it fails.
 */
export async function provisionCustodian(
  stage: Stage,
  { python }: CustodianTools,
  temporary: string,
): Promise<void> {
  const file = join(temporary, 'policy.json');
  try {
    const script = 'import sys; print(f"python{sys.version_info[0]}.{sys.version_info[1]}")';
    const { stdout: runtime } = await execute(python, ['-c', script], { timeout: 30_000 });
    const policy = policyOf(stage, runtime.trim(), join(temporary, 'custodian'));
    await writeFile(file, JSON.stringify(policy));
    const output = ['--output-dir', join(temporary, 'provision'), '--cache-period', '0'];
    await execute(python, ['-m', 'c7n.cli', 'run', ...output, '--region', stage.region, file], {
      timeout: 120_000,
      env: { ...stage.env, HOME: temporary },
    });
  } catch (cause) {
    throw new MissingPeerError(
      `Cloud Custodian did not deploy its policy: ${cause instanceof Error ? cause.message : cause}`,
      'nothing is compared without it',
      { cause },
    );
  }
}
