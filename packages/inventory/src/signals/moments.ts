import { instantText } from '../types/instant-text.ts';

/** A time as seconds since 1970, or undefined where it is no complete time. */
export function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const instant = instantText(text);
  return instant === text ? undefined : Number(instant);
}
