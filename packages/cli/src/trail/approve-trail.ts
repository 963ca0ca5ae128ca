import { type Baseline, diffTrail } from '@riposte/remediations/cloudtrail';
import { InvalidOptionError, RefusedError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import { differencesText, weaknessesOf } from './differences.ts';
import { locateTrail } from './locate-trail.ts';
import type { TrailCommandPorts } from './ports.ts';

/** Which trail is approved, and why. */
export interface Approval {
  readonly trail: string;
  readonly reason: string;
  readonly yes: boolean;
}

/**
 * Makes a trail's present settings the approved baseline: shows what changes against the approved ones and what is weak, asks where
 * somebody sits in front, and writes the next version.
 *
 * @throws RefusedError where it is not confirmed, where nothing differs, or where somebody else approved meanwhile.
 */
export async function approveTrail(
  { trail: named, reason, yes }: Approval,
  ports: TrailCommandPorts,
  terminal: Terminal,
): Promise<Baseline> {
  if (reason.trim() === '') {
    throw new InvalidOptionError('--reason', 'is empty', 'say why, e.g. --reason "change 4711"');
  }
  const trail = await locateTrail(named, ports);
  const [configuration, status, before] = await Promise.all([
    ports.trails.read(trail),
    ports.trails.status(trail),
    ports.baselines.of(trail.arn),
  ]);
  const differences = before ? diffTrail(before.configuration, configuration) : [];
  if (before && differences.length === 0) {
    throw new RefusedError(
      `version ${before.version} is approved already, and nothing differs`,
      'nothing needs to be done',
    );
  }
  const baseline: Baseline = {
    version: (before?.version ?? 0) + 1,
    trail,
    configuration,
    approvedBy: ports.caller,
    approvedAt: ports.clock().toISOString(),
    reason,
  };
  terminal.note(
    [
      `Approving version ${baseline.version} of ${trail.arn}`,
      ...(before ? [`against version ${before.version}:`] : ['the first one:']),
      ...(before ? differencesText(differences) : [`  ${JSON.stringify(configuration)}`]),
      ...weaknessesOf(configuration, status.isLogging).map((weakness) => `  WARNING: ${weakness}`),
    ].join('\n'),
  );
  if (!yes && terminal.isInteractive && !(await terminal.confirm('Approve it?'))) {
    throw new RefusedError('not confirmed; nothing was approved', 'answer yes, or give --yes');
  }
  await ports.baselines.approve(baseline);
  return baseline;
}
