import { once } from 'node:events';
import { createInterface } from 'node:readline';

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
  /** Characters a line of results; absent where nobody says, as in a file. */
  readonly width?: number;
}

/** The streams of a terminal. */
export interface TerminalStreams {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly columns?: number };
  readonly errors: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** A terminal on three streams; questions go where notes go. */
export function terminalOn({ input, output, errors }: TerminalStreams): Terminal {
  return {
    print: (text) => {
      output.write(`${text}\n`);
    },
    note: (text) => {
      errors.write(`${text}\n`);
    },
    async confirm(question) {
      const lines = createInterface({ input });
      try {
        errors.write(`${question} [y/N] `);
        const [answer] = await Promise.race([once(lines, 'line'), once(lines, 'close')]);
        return /^y(es)?$/i.test(String(answer ?? '').trim());
      } finally {
        lines.close();
      }
    },
    isInteractive: input.isTTY === true && errors.isTTY === true,
    ...(output.columns !== undefined && output.columns > 0 && { width: output.columns }),
  };
}
