/** What a function wrote, one JSON document a line. */
export interface CapturedOutput {
  lines(): readonly Record<string, unknown>[];
  text(): string;
  /** Ends the catching. */
  release(): void;
}

/** Catches what goes to standard output and error from now on, until it is released. */
export function captureOutput(): CapturedOutput {
  const written: string[] = [];
  const streams = [process.stdout, process.stderr];
  const before = streams.map(({ write }) => write);
  for (const stream of streams) {
    stream.write = (chunk: unknown) => {
      written.push(String(chunk));
      return true;
    };
  }
  return {
    text: () => written.join(''),
    lines: () =>
      written
        .join('')
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line): Record<string, unknown> => JSON.parse(line)),
    release() {
      streams.forEach((stream, index) => {
        stream.write = before[index] ?? stream.write;
      });
    },
  };
}
