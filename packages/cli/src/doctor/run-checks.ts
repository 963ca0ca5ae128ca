import { isAccessDenied } from '../aws/explain-error.ts';
import { type Check, type CheckResult, unknown } from './check.ts';
import type { DoctorPorts } from './ports.ts';

/** Runs checks side by side; what cannot be read is `unknown`, and never an error. */
export async function runChecks(
  checks: readonly Check[],
  ports: DoctorPorts,
): Promise<readonly CheckResult[]> {
  const results = await Promise.all(checks.map((check) => runCheck(check, ports)));
  return results.flat();
}

async function runCheck(check: Check, ports: DoctorPorts): Promise<readonly CheckResult[]> {
  const { name, reads } = check;
  try {
    return (await check.run(ports)).map((found) => ({ check: name, ...found }));
  } catch (error) {
    const reason =
      error instanceof Error ? `${error.name}: ${firstLine(error.message)}` : String(error);
    const mend = isAccessDenied(error)
      ? `allow ${reads.join(', ')} to whoever runs it, or choose another --profile`
      : `try again; it reads with ${reads.join(', ')}`;
    return [{ check: name, ...unknown(`could not be read (${reason})`, mend) }];
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.slice(0, 200) ?? '';
}

/** Results as people read them: what is missing stands out, how to mend it stands below. */
export function checksText(results: readonly CheckResult[]): string {
  const width = Math.max(...results.map(({ check }) => check.length));
  const lines = results.flatMap(({ check, status, what, mend }) => [
    `${status.padEnd(7)}  ${check.padEnd(width)}  ${what}`,
    ...(mend === undefined ? [] : [`${' '.repeat(width + 11)}-> ${mend}`]),
  ]);
  const count = (status: string) => results.filter((result) => result.status === status).length;
  return [
    ...lines,
    '',
    `${count('ok')} ok, ${count('missing')} missing, ${count('unknown')} unknown`,
  ].join('\n');
}
