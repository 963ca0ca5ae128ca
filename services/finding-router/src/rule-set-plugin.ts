import { loadRuleFolder, type Problem, type RuleFile } from '@riposte/rules';
import { checkTemplate } from './messages/check-template.ts';
import { readRuleFiles } from './read-rule-files.ts';

/** What esbuild shows of a problem. */
interface Message {
  readonly text: string;
  readonly location: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly lineText: string;
    readonly suggestion: string;
  };
  readonly notes: { readonly text: string }[];
}

interface Loaded {
  readonly contents: string;
  readonly loader: 'js';
  readonly errors: Message[];
  readonly warnings: Message[];
  readonly watchDirs: string[];
  readonly watchFiles: string[];
}

/** What this plugin uses of esbuild's, which only the root of the repository depends on. */
interface Build {
  onLoad(options: { readonly filter: RegExp }, load: () => Loaded): void;
}

interface RuleSetPlugin {
  readonly name: string;
  setup(build: Build): void;
}

/**
 * An esbuild plugin that puts the checked rules, as JSON, in the place of `rule-set.ts`. What is wrong with them are errors of the build,
 * with file, line, column and what was probably meant. For packaging only.
 *
 * @param folder the folder of rules
 */
export function ruleSetPlugin(folder: string): RuleSetPlugin {
  return {
    name: 'rule-set',
    setup(build) {
      build.onLoad({ filter: /[\\/]finding-router[\\/]src[\\/]rule-set\.ts$/ }, () => {
        const files = readRuleFiles(folder);
        const { ruleSet, problems } = loadRuleFolder(files, { checkTemplate });
        const messages = (severity: Problem['severity']) =>
          problems
            .filter((problem) => problem.severity === severity)
            .map((problem) => messageOf(problem, folder, files));
        return {
          // A string that is parsed starts faster than an object literal of this size.
          contents: `export const ruleSet = JSON.parse(${JSON.stringify(JSON.stringify(ruleSet ?? {}))});`,
          loader: 'js',
          errors: messages('error'),
          warnings: messages('warning'),
          watchDirs: [folder],
          watchFiles: files.map(({ path }) => `${folder}/${path}`),
        };
      });
    },
  };
}

/** A problem as esbuild shows it: with the line, and what to put there. */
function messageOf(
  { file, line, column, path, message, suggestion = '' }: Problem,
  folder: string,
  files: readonly RuleFile[],
): Message {
  const text = files.find((one) => one.path === file)?.text ?? '';
  const meant = /^did you mean (.+)\?$/.exec(suggestion)?.[1] ?? '';
  return {
    text: path === '' ? message : `${path}: ${message}`,
    location: {
      file: `${folder}/${file}`,
      line,
      column: column - 1,
      lineText: text.split('\n')[line - 1] ?? '',
      suggestion: meant,
    },
    notes: suggestion === '' || meant !== '' ? [] : [{ text: suggestion }],
  };
}
