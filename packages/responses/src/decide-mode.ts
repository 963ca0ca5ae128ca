import type { Actor } from '@riposte/findings';
import type { Mode, Settings } from './ports.ts';

type Reading = Awaited<ReturnType<Settings['read']>>;

/** What may be done about an incident, and in words why not more. */
export interface Decision {
  readonly mode: Mode;
  readonly reason?: string;
}

/** The question: what may be done about an incident of this kind on this resource, caused by this actor? */
export interface Question {
  readonly kind: string;
  readonly defaultMode: Mode;
  readonly resourceArn: string;
  readonly actor?: Actor;
  /** True for the one kind that is answered when the settings cannot be read: a stopped trail. */
  readonly failOpen: boolean;
}

/**
 * Decides by settings, switch and exemptions how far an answer may go. Fails closed: unreadable settings allow no change,
 * except where `failOpen` says that not acting is the greater harm.
 *
 * @example
 * decideMode(await settings.read(), { kind: 'trail-stopped', defaultMode: 'enforce', resourceArn, failOpen: true });
 */
export function decideMode(reading: Reading, question: Question): Decision {
  if (!reading.readable) {
    const reason = `the settings could not be read (${reading.reason})`;
    return question.failOpen
      ? { mode: question.defaultMode, reason: `${reason}; a stopped trail is started all the same` }
      : { mode: 'notify', reason };
  }
  const mode = reading.settings.modes[question.kind] ?? question.defaultMode;
  if (mode === 'off') return { mode, reason: `mode of ${question.kind} is off` };
  const exempt = exemption(reading.settings, question);
  if (exempt !== undefined) return { mode: 'notify', reason: exempt };
  if (reading.switch === 'changes-stopped' && mode === 'enforce') {
    return { mode: 'notify', reason: 'the kill switch is on: no change is made' };
  }
  if (mode === 'enforce') return { mode };
  return { mode, reason: `mode of ${question.kind} is ${mode}` };
}

/** Exemptions match who issued the session, never the session's name, which the caller chooses. */
function exemption(
  settings: {
    readonly exemptPrincipals: readonly string[];
    readonly exemptResources: readonly string[];
  },
  { actor, resourceArn }: Question,
): string | undefined {
  if (settings.exemptResources.includes(resourceArn)) return `${resourceArn} is exempt`;
  const principal = principalOf(actor);
  if (principal !== undefined && settings.exemptPrincipals.includes(principal)) {
    return `principal ${principal} is exempt`;
  }
  return undefined;
}

/** The ARN that exemptions and own-call checks compare: the session's issuer, or the user itself. */
export function principalOf(actor: Actor | undefined): string | undefined {
  if (actor?.issuerArn !== undefined) return actor.issuerArn;
  return actor?.type === 'IAMUser' || actor?.type === 'Root' ? actor.arn : undefined;
}
