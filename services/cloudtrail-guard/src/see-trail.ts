import { AccessRefusedError, ResourceGoneError } from '@riposte/remediations';
import type { TrailFinder, TrailId } from '@riposte/remediations/cloudtrail';

/** What a look at a trail showed. `trail` is where it really lives, which may be another Region or account than named. */
export type Sight<T> =
  | { readonly state: 'seen'; readonly trail: TrailId; readonly seen: T }
  | { readonly state: 'gone' }
  | { readonly state: 'refused'; readonly error: AccessRefusedError };

/**
 * Looks at a trail where it is said to be; if nothing is there, where shadow trails say that its home is.
 * The second look is taken only then, so that the ordinary way costs one call.
 */
export async function seeTrail<T>(
  named: TrailId,
  finder: TrailFinder,
  look: (trail: TrailId) => Promise<T>,
): Promise<Sight<T>> {
  try {
    const here = await orGone(() => look(named));
    if (here) return { state: 'seen', trail: named, seen: here.seen };
    const home = await finder.locate(named);
    if (!home || home.arn === named.arn) return { state: 'gone' };
    const there = await orGone(() => look(home));
    return there ? { state: 'seen', trail: home, seen: there.seen } : { state: 'gone' };
  } catch (error) {
    if (error instanceof AccessRefusedError) return { state: 'refused', error };
    throw error;
  }
}

async function orGone<T>(look: () => Promise<T>): Promise<{ readonly seen: T } | undefined> {
  try {
    return { seen: await look() };
  } catch (error) {
    if (error instanceof ResourceGoneError) return undefined;
    throw error;
  }
}
