import { adf, textOfDocument } from './adf.ts';
import type { JiraDoubleOptions, JiraEdition } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

const ownFields = [
  ...['project', 'issuetype', 'summary', 'description', 'labels', 'priority', 'assignee'],
  ...['components', 'duedate', 'environment', 'reporter', 'security'],
];

const longest = 32_767;

/** What Jira finds wrong with a new issue, by field; empty where nothing is. */
export function checkFields(fields: Fields, options: JiraDoubleOptions): Record<string, string> {
  const found = {
    project: projectProblem(fields.project, options.project),
    issuetype: typeProblem(fields.issuetype, options.issueTypes ?? ['Task', 'Bug']),
    summary: summaryProblem(fields.summary),
    description: bodyProblem(fields.description ?? undefined, options.edition),
    labels: labelsProblem(fields.labels ?? []),
    ...missing(fields, options.requiredFields ?? []),
    ...unknown(fields, [...ownFields, ...(options.customFields ?? [])]),
  };
  const problems = Object.entries(found).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(problems);
}

/** What is wrong with a description or comment. */
export function bodyProblem(body: unknown, edition: JiraEdition): string | undefined {
  if (body === undefined) return undefined;
  const isRight = edition === 'cloud' ? adf.safeParse(body).success : typeof body === 'string';
  if (!isRight) {
    return edition === 'cloud'
      ? 'Operation value must be an Atlassian Document (see the Atlassian Document Format)'
      : 'Operation value must be a string';
  }
  if (textOfDocument(body).length <= longest) return undefined;
  return `The entered text is too long. It exceeds the allowed limit of ${longest} characters.`;
}

function projectProblem(project: unknown, key: string): string | undefined {
  return read(project, 'key') === key ? undefined : 'valid project is required';
}

function typeProblem(type: unknown, names: readonly string[]): string | undefined {
  const name = read(type, 'name');
  return typeof name === 'string' && names.includes(name)
    ? undefined
    : 'Specify a valid issue type';
}

function summaryProblem(summary: unknown): string | undefined {
  if (typeof summary !== 'string' || summary.trim() === '') {
    return 'You must specify a summary of the issue.';
  }
  if (/[\r\n]/.test(summary)) {
    return 'The summary is invalid because it contains newline characters.';
  }
  return summary.length > 255 ? 'Summary must be less than 255 characters.' : undefined;
}

function labelsProblem(labels: unknown): string | undefined {
  if (!Array.isArray(labels)) return 'data was not an array';
  const wrong = labels.find((label) => typeof label !== 'string' || /\s/.test(label));
  return wrong === undefined ? undefined : `The label '${wrong}' contains spaces which is invalid.`;
}

function missing(fields: Fields, required: readonly string[]): Record<string, string> {
  const absent = required.filter((name) => fields[name] === undefined || fields[name] === null);
  return Object.fromEntries(absent.map((name) => [name, `${name} is required.`]));
}

function unknown(fields: Fields, known: readonly string[]): Record<string, string> {
  const others = Object.keys(fields).filter((name) => !known.includes(name));
  const problem = (name: string) =>
    `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`;
  return Object.fromEntries(others.map((name) => [name, problem(name)]));
}

function read(value: unknown, name: string): unknown {
  return Object.entries(Object(value)).find(([key]) => key === name)?.[1];
}
