export { CliError } from './errors.ts';
export { exitCodes } from './exit-codes.ts';
export type { Dependencies } from './program.ts';
export { run } from './run.ts';
export type { Terminal } from './terminal.ts';
