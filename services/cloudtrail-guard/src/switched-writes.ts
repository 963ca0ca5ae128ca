import { RemediationError } from '@riposte/remediations';
import type { TrailPorts } from '@riposte/remediations/cloudtrail';
import type { Settings } from '@riposte/responses';

/** The kill switch was turned on, or could not be read any more, before a repair had made its last change. */
export class ChangesStoppedError extends RemediationError {
  override readonly name = 'ChangesStoppedError';
  readonly retryable = false;
  readonly path = 'kill-switch';
}

/**
 * Trails whose settings are written only while changes are allowed: the switch is read again before each write (at most 60 s old), so that a
 * repair of several calls ends where a person ends it.
 *
 * @throws ChangesStoppedError from every write once changes are not allowed.
 */
export function switchedWrites(trails: TrailPorts, settings: Settings): TrailPorts {
  const allowed = async () => {
    const reading = await settings.read();
    if (!reading.readable) {
      throw new ChangesStoppedError(`the kill switch could not be read (${reading.reason})`);
    }
    if (reading.switch === 'changes-stopped') {
      throw new ChangesStoppedError('the kill switch was turned on: no further change is made');
    }
  };
  return {
    ...trails,
    start: (trail) => allowed().then(() => trails.start(trail)),
    stop: (trail) => allowed().then(() => trails.stop(trail)),
    update: (trail, changes) => allowed().then(() => trails.update(trail, changes)),
    putSelectors: (trail, selectors) => allowed().then(() => trails.putSelectors(trail, selectors)),
    putInsights: (trail, types) => allowed().then(() => trails.putInsights(trail, types)),
    changeTags: (trail, changes) => allowed().then(() => trails.changeTags(trail, changes)),
    create: (trail, configuration) => allowed().then(() => trails.create(trail, configuration)),
    remove: (trail) => allowed().then(() => trails.remove(trail)),
  };
}
