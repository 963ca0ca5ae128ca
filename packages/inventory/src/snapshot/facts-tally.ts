import type { LineProblem, SnapshotFacts } from '../model/snapshot.ts';
import type { SourceEnd } from './for-each-line.ts';
import type { ParsedLine } from './parse-line.ts';

/** How many problems, and how many nodes, are said one by one. */
const most = 10;

/** Counts what lines are, for the facts of their snapshot. */
export class FactsTally {
  readonly #problems: LineProblem[] = [];
  readonly #nodes = new Set<string>();
  #problemCount = 0;
  #lines = 0;
  #captureTime: string | undefined;
  #lastProblem = 0;
  #lastLine = 0;

  add(line: ParsedLine, number: number): void {
    this.#lines++;
    this.#lastLine = number;
    this.say(line);
    if (!line.problem) return;
    this.#problemCount++;
    this.#lastProblem = number;
    if (this.#problems.length < most) this.#problems.push({ line: number, problem: line.problem });
  }

  /** A line of a known shape: an entry. */
  addShaped(number: number): void {
    this.#lines++;
    this.#lastLine = number;
  }

  /** What the first line says that has one. */
  get captureTime(): string | undefined {
    return this.#captureTime;
  }

  /** What a shape says of all its lines, or of its first. */
  say({ captureTime, node }: Pick<ParsedLine, 'captureTime' | 'node'>): void {
    this.#captureTime ??= captureTime;
    if (node && this.#nodes.size < most) this.#nodes.add(node);
  }

  facts({ bytes, isWhole }: SourceEnd, repeated: number): SnapshotFacts {
    return {
      ...{ lines: this.#lines, bytes, repeated, problems: this.#problems },
      problemCount: this.#problemCount,
      truncated: !isWhole && this.#lastLine > 0 && this.#lastProblem === this.#lastLine,
      ...(this.#captureTime !== undefined && { captureTime: this.#captureTime }),
      nodes: [...this.#nodes],
    };
  }
}
