import * as z from 'zod';
import type { ServiceSettings, SwitchState } from './ports.ts';

const mode = z.enum(['off', 'notify', 'dry-run', 'enforce']);
const schema = z.strictObject({
  modes: z.record(z.string(), mode).default({}),
  exemptPrincipals: z.array(z.string()).default([]),
  exemptResources: z.array(z.string()).default([]),
});

/** What the two parameters say, or in words why they cannot be used. */
export type ParsedSettings =
  | { readonly readable: true; readonly settings: ServiceSettings; readonly switch: SwitchState }
  | { readonly readable: false; readonly reason: string };

/**
 * Reads a service's settings and the kill switch from the text of their parameters. A typo makes them unreadable, and says where.
 *
 * @param settings JSON of `ServiceSettings`; members may be left out.
 * @param killSwitch `on` (no change is made) or `off`.
 * @param kinds kinds that modes may be set for; any where absent.
 */
export function parseSettings(
  settings: string | undefined,
  killSwitch: string | undefined,
  kinds?: readonly string[],
): ParsedSettings {
  if (settings === undefined) return { readable: false, reason: 'settings parameter is missing' };
  if (killSwitch !== 'on' && killSwitch !== 'off') {
    return { readable: false, reason: 'kill switch is neither on nor off' };
  }
  const parsed = schema.safeParse(json(settings));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.map(String).join('.') || '(root)';
    return {
      readable: false,
      reason: `settings are wrong at ${where}: ${issue?.message ?? 'invalid'}`,
    };
  }
  const unknown = Object.keys(parsed.data.modes).find((kind) => kinds?.includes(kind) === false);
  if (unknown !== undefined) {
    const known = kinds?.join(', ') ?? '';
    return {
      readable: false,
      reason: `settings are wrong at modes.${unknown}: not one of ${known}`,
    };
  }
  const state: SwitchState = killSwitch === 'on' ? 'changes-stopped' : 'changes-allowed';
  return { readable: true, settings: parsed.data, switch: state };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^﻿/, ''));
  } catch {
    return undefined;
  }
}
