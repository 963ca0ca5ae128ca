import { expireSilence, type Silence } from '@riposte/notifications';
import { InvalidOptionError, NotFoundError, RefusedError } from '../errors.ts';
import type { SilencesPorts, StoredSilence } from './ports.ts';

const attempts = 5;

/**
 * Ends a silence now, in the name of whoever runs the command; one that has ended stays as it is.
 *
 * @param id the silence's id, or enough of its beginning.
 * @throws NotFoundError, InvalidOptionError where it fits several, RefusedError when others write it all the time.
 */
export async function endSilence(id: string, ports: SilencesPorts): Promise<Silence> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { silence, version } = one(id, await ports.silences());
    const ended = expireSilence(silence, ports.caller, ports.clock());
    if (ended === silence) return silence;
    if (await ports.write({ silence: ended, version: version + 1 })) return ended;
  }
  throw new RefusedError(`silence ${id} is being changed all the time`, 'try again');
}

function one(id: string, all: readonly StoredSilence[]): StoredSilence {
  const [found, ...more] = all.filter(({ silence }) => silence.id.startsWith(id));
  if (found && more.length === 0) return found;
  const remedy = 'look: riposte silences list --all';
  if (!found) throw new NotFoundError(`there is no silence ${id}`, remedy);
  throw new InvalidOptionError('id', `${more.length + 1} silences begin with ${id}`, remedy);
}
