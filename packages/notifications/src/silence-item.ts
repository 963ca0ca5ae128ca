import type { Silence } from './silence.ts';

/** The partition of the router's table in which all silences lie: they are read together. */
export const silencePartition = 'silences';

/** A silence as it lies in the router's table. Whoever writes one does so on condition that the stored `version` is one less. */
export interface SilenceItem {
  readonly pk: typeof silencePartition;
  /** The silence's id. */
  readonly sk: string;
  readonly silence: Silence;
  readonly version: number;
  /** Seconds since 1970: when DynamoDB may delete it. */
  readonly expiresAt: number;
}

/** So long a silence can be looked up after its end. */
const keptDays = 30;

/**
 * The item of a silence.
 *
 * @param version 1 for a new one, else one more than the stored item has.
 */
export function silenceItem(silence: Silence, version: number): SilenceItem {
  const expiresAt = Math.floor(Date.parse(silence.endsAt) / 1000) + keptDays * 86_400;
  return { pk: silencePartition, sk: silence.id, silence, version, expiresAt };
}

/** Reads an item of the partition; undefined for what is no silence. */
export function readSilenceItem(
  item: Readonly<Record<string, unknown>>,
): Pick<SilenceItem, 'silence' | 'version'> | undefined {
  const { silence, version } = item;
  return isSilence(silence) && typeof version === 'number' ? { silence, version } : undefined;
}

const texts = ['id', 'startsAt', 'endsAt', 'author', 'reason'] as const;

function isSilence(value: unknown): value is Silence {
  const members: Readonly<Record<string, unknown>> = Object(value);
  return texts.every((name) => typeof members[name] === 'string') && isMatchers(members.matchers);
}

function isMatchers(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((one) => {
      const { label, op, value: wanted } = Object(one);
      return [label, op, wanted].every((part) => typeof part === 'string');
    })
  );
}
