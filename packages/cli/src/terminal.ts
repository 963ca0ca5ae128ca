import { createInterface } from 'node:readline/promises';

/** Where a command writes and whom it asks. */
export interface Terminal {
  /** One line, or several, of the command's result. */
  print(text: string): void;
  /** Anything that is not the result: progress, warnings, errors. */
  note(text: string): void;
  /** Asks a question that only `yes` or `y` answers with true. */
  confirm(question: string): Promise<boolean>;
  /** Somebody sits in front of it and can be asked. */
  readonly isInteractive: boolean;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    print: (text) => {
      process.stdout.write(`${text}\n`);
    },
    note: (text) => {
      process.stderr.write(`${text}\n`);
    },
    confirm: async (question) => {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
      } finally {
        lines.close();
      }
    },
    isInteractive: process.stdin.isTTY === true && process.stderr.isTTY === true,
  };
}
