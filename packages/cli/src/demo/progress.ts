import { Listr } from 'listr2';
import type { Terminal } from '../terminal.ts';

/** Shows steps while they run. */
export interface Progress {
  /**
   * Runs one step under its title.
   *
   * @param run does it; `say` shows what happens meanwhile, and, last, what came out.
   */
  step<T>(title: string, run: (say: (line: string) => void) => Promise<T>): Promise<T>;
}

/** Steps with a mark each, on standard output. */
export const visibleProgress: Progress = {
  async step(title, run) {
    const outcomes: Awaited<ReturnType<typeof run>>[] = [];
    const list = new Listr(
      [
        {
          title,
          task: async (_context, task) => {
            outcomes.push(
              await run((line) => {
                task.output = line;
              }),
            );
          },
          rendererOptions: { persistentOutput: true, outputBar: 1 },
          fallbackRendererOptions: {},
        },
      ],
      { ...rendering(), concurrent: false, exitOnError: true, registerSignalListeners: false },
    );
    await list.run();
    const [outcome] = outcomes;
    if (outcome === undefined) throw new TypeError(`step ${title} ended without an outcome`);
    return outcome;
  },
};

/** A terminal that does not know its width cannot be drawn on. */
function rendering(): { readonly renderer: 'default' | 'simple' } {
  return { renderer: process.stdout.columns > 0 ? 'default' : 'simple' };
}

/** One line a step beside the result, so that standard output holds the result alone. */
export function quietProgress({ note }: Terminal): Progress {
  return {
    step(title, run) {
      note(`${title} …`);
      return run(() => undefined);
    },
  };
}
