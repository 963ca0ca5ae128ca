import { CommanderError } from 'commander';
import { explainError } from './aws/explain-error.ts';
import { exitCodes } from './exit-codes.ts';
import { createProgram, type Dependencies } from './program.ts';

/**
 * Runs one command line and answers with its exit status. Errors are told in words, with what to do about them.
 *
 * @param argv arguments without the interpreter and the program.
 * @example
 * process.exitCode = await run(process.argv.slice(2), dependencies);
 */
export async function run(
  argv: readonly string[],
  dependencies: Omit<Dependencies, 'exitWith'>,
): Promise<number> {
  let status: number = exitCodes.done;
  const exitWith = (code: number) => {
    status = code;
  };
  try {
    await createProgram({ ...dependencies, exitWith }).parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    // Commander has said what is wrong by now; help and version end in such an 'error' too.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const { message, remedy, exitCode } = explainError(error);
    dependencies.terminal.note(`error: ${message}\n  ${remedy}`);
    return exitCode;
  }
}
