import { withoutCaptureTime } from '../snapshot/capture-time.ts';
import type { LineScan } from '../snapshot/line-scan.ts';
import { sayTheSame } from './same-line.ts';

/** So many lines of each side are looked at. */
const far = 256;
/** As far it is tried line by line: nearly always one line was changed, inserted or taken out. */
const near = 4;

/** How many lines have to be passed on each side until the next ones are the same. */
export interface Steps {
  readonly before: number;
  readonly after: number;
}

/** @returns undefined where no line is the same as one of the other side, as far as is looked. */
export function stepsApart(before: LineScan, after: LineScan): Steps | undefined {
  const linesBefore = before.linesAhead(far);
  const linesAfter = after.linesAhead(far);
  return nearby(linesBefore, linesAfter) ?? further(linesBefore, linesAfter);
}

type Lines = readonly Buffer[];

function nearby(before: Lines, after: Lines): Steps | undefined {
  for (let distance = 1; distance <= near; distance++) {
    const tries = [
      { before: distance, after: distance },
      { before: 0, after: distance },
      { before: distance, after: 0 },
    ];
    const found = tries.find((steps) => {
      const one = before[steps.before];
      const other = after[steps.after];
      return one && other && sayTheSame(one, other);
    });
    if (found) return found;
  }
  return undefined;
}

function further(before: Lines, after: Lines): Steps | undefined {
  const places = new Map<string, number>();
  for (const [place, line] of before.entries()) {
    const text = withoutCaptureTime(line);
    if (!places.has(text)) places.set(text, place);
  }
  for (const [place, line] of after.entries()) {
    const found = places.get(withoutCaptureTime(line));
    // The first ones have been compared, and are of those that are too long to be compared whole.
    if (found !== undefined && found + place > 0) return { before: found, after: place };
  }
  return undefined;
}
