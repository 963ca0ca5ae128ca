import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Plain JavaScript, so that nothing but the bundle is loaded. */
const script = `
const started = performance.now();
require(process.argv[1]);
process.stdout.write(String(performance.now() - started), () => process.exit(0));
`;

/**
 * How long a bundle takes to load in a new process: modules, clients, settings read from the environment. What Lambda calls Init, without
 * the start of Node itself.
 *
 * @returns Milliseconds.
 */
export async function loadTime(
  bundle: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const { stdout } = await execute(process.execPath, ['-e', script, bundle], {
    env: { ...env },
    timeout: 30_000,
  });
  return Number(stdout);
}
