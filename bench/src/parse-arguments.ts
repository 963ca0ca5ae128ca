import { UnknownArgumentError } from './errors.ts';

/** What is to be run, and how it is shown. */
export interface BenchArguments {
  /** All where none is named. */
  readonly names: readonly string[];
  readonly json: boolean;
}

/**
 * Reads the command line: names of benchmarks, and `--json`.
 *
 * @throws UnknownArgumentError naming what is known.
 * @example
 * parseArguments(['guard', '--json'], ['guard']);
 */
export function parseArguments(given: readonly string[], known: readonly string[]): BenchArguments {
  const options = given.filter((argument) => argument.startsWith('-'));
  const names = given.filter((argument) => !argument.startsWith('-'));
  const option = options.find((argument) => argument !== '--json');
  if (option !== undefined) {
    throw new UnknownArgumentError(`there is no option ${option}`, 'the only option is --json');
  }
  const name = names.find((argument) => !known.includes(argument));
  if (name !== undefined) {
    throw new UnknownArgumentError(
      `there is no benchmark ${JSON.stringify(name)}`,
      `benchmarks: ${known.join(', ')}`,
    );
  }
  return { names: names.length > 0 ? [...new Set(names)] : known, json: options.length > 0 };
}
