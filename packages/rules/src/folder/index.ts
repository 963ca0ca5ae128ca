// For readers of other kinds of rules in YAML: the same files, words, places and suggestions. What runs on Lambda imports none of it.
export { compareText } from '../compare-text.ts';
export { WrongRulesError } from '../errors.ts';
export type { RuleFile } from './folder-files.ts';
export { issueProblems } from './issue-problems.ts';
export { type DocumentPath, inReadingOrder, type Problem, problemText } from './problem.ts';
export { timeZone } from './schema/time-interval.ts';
export {
  accountId,
  dateOrMoment,
  expressionError,
  moment,
  oneOrMore,
  slug,
  strict,
  text,
  title,
} from './schema/values.ts';
export { suggest } from './suggest.ts';
export { twiceNamed } from './twice-named.ts';
export { readYaml, type YamlFile } from './yaml-file.ts';
