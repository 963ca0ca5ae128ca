import { distance } from 'fastest-levenshtein';

/**
 * The candidate that was probably meant, as a question; undefined where none is near. Near: equal but for case, or with about a third of its
 * letters wrong.
 *
 * @example
 * suggest('SeverityLable', ['SeverityLabel', 'Title']); // 'did you mean SeverityLabel?'
 */
export function suggest(written: string, candidates: readonly string[]): string | undefined {
  const nearest = nearestOf(written, candidates);
  return nearest === undefined ? undefined : `did you mean ${nearest}?`;
}

function nearestOf(written: string, candidates: readonly string[]): string | undefined {
  const lower = written.toLowerCase();
  const sameLetters = candidates.find((candidate) => candidate.toLowerCase() === lower);
  if (sameLetters !== undefined) return sameLetters;
  const ranked = candidates
    .map((candidate) => ({ candidate, wrong: distance(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, wrong }) => wrong <= Math.ceil(candidate.length / 3))
    .toSorted((a, b) => a.wrong - b.wrong);
  return ranked[0]?.candidate;
}
