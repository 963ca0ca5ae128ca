import { AccessRefusedError, ResourceGoneError } from '@riposte/remediations';
import type {
  TrailFinder,
  TrailId,
  TrailStatus,
  TrailSwitch,
} from '@riposte/remediations/cloudtrail';

/** What a look at a trail showed. `trail` is where it really lives, which may be another Region or account than named. */
export type Sight =
  | { readonly state: 'seen'; readonly trail: TrailId; readonly status: TrailStatus }
  | { readonly state: 'gone' }
  | { readonly state: 'refused'; readonly error: AccessRefusedError };

/**
 * Reads a trail's status where it is said to be; if nothing is there, where shadow trails say that its home is.
 * The second look is taken only then, so that the ordinary way costs one call.
 */
export async function seeTrail(named: TrailId, trails: TrailSwitch & TrailFinder): Promise<Sight> {
  try {
    const status = await statusOrGone(named, trails);
    if (status) return { state: 'seen', trail: named, status };
    const home = await trails.locate(named);
    if (!home || home.arn === named.arn) return { state: 'gone' };
    const there = await statusOrGone(home, trails);
    return there ? { state: 'seen', trail: home, status: there } : { state: 'gone' };
  } catch (error) {
    if (error instanceof AccessRefusedError) return { state: 'refused', error };
    throw error;
  }
}

async function statusOrGone(trail: TrailId, trails: TrailSwitch): Promise<TrailStatus | undefined> {
  try {
    return await trails.status(trail);
  } catch (error) {
    if (error instanceof ResourceGoneError) return undefined;
    throw error;
  }
}
