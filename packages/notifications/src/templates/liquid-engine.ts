import { Liquid, type Template } from 'liquidjs';

/** Tags that read files, or write HTML. */
const unwantedTags = ['include', 'render', 'layout', 'block', 'tablerow'];
/** Filters that print without escaping, make control characters out of text, or differ from call to call. */
const unwantedFilters = ['raw', 'url_decode', 'base64_decode', 'sample'];

/** Longest template; its author is a colleague, who can still be wrong. */
const parseLimit = 20_000;
/** Milliseconds. */
const renderLimit = 500;
/** Characters and objects, as liquidjs counts them. */
const memoryLimit = 1_000_000;

export interface EngineOptions {
  /** What every printed value goes through. */
  readonly print: (value: unknown) => string;
  /** Whether an unknown variable is an error; else it is empty. */
  readonly strict?: boolean;
}

/** A Liquid engine that knows no files and no prototypes, is bounded in time and memory, and escapes all that it prints. */
export function createEngine({ print, strict = false }: EngineOptions): Liquid {
  const engine = new Liquid({
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: strict,
    outputEscape: print,
    timezoneOffset: 0,
    locale: 'en-US',
    parseLimit,
    renderLimit,
    memoryLimit,
  });
  for (const tag of unwantedTags) delete engine.tags[tag];
  for (const filter of unwantedFilters) engine.unregisterFilter(filter);
  return engine;
}

/** Templates are few and used often: parsing one costs more than rendering it. */
const mostParsed = 500;

/** Renders templates by their text, and keeps them parsed. */
export function createRenderer(engine: Liquid): (template: string, scope: object) => string {
  const parsed = new Map<string, Template[]>();
  const parse = (template: string): Template[] => {
    if (parsed.size >= mostParsed) parsed.clear();
    const fresh = engine.parse(template);
    parsed.set(template, fresh);
    return fresh;
  };
  return (template, scope) => {
    const text: unknown = engine.renderSync(parsed.get(template) ?? parse(template), scope);
    return typeof text === 'string' ? text : '';
  };
}
