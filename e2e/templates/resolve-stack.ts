import { type Identity, identifyResource } from './identify-resource.ts';
import { isObject, type JsonObject, listAt, objectAt, textAt } from './json.ts';
import { type Place, type Resource, type Stack, urlSuffix } from './stack.ts';

export interface StackOptions {
  readonly name: string;
  readonly place: Place;
  /** Values for the template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What other stacks export. */
  readonly imports?: Readonly<Record<string, string>>;
}

/** A template uses something that these checks do not know. */
export class UnresolvedTemplateError extends Error {
  override readonly name = 'UnresolvedTemplateError';
}

const noValue = Symbol('AWS::NoValue');

/**
 * Resolves every intrinsic function of a template, as CloudFormation would for this place: afterwards policies and what they allow can be
 * compared as plain text, whichever function wrote an ARN.
 *
 * @throws UnresolvedTemplateError where the template refers to what is not there, or uses a function that is not known here.
 */
export function resolveStack(template: JsonObject, options: StackOptions): Stack {
  const resolver = new Resolver(template, options);
  const exports: Record<string, string> = {};
  for (const output of Object.values(objectAt(template, 'Outputs'))) {
    const name = resolver.text(objectAt(output, 'Export').Name ?? '');
    if (name !== '') exports[name] = resolver.text(objectAt(output).Value);
  }
  return { name: options.name, place: options.place, resources: resolver.resources(), exports };
}

class Resolver {
  readonly #template: JsonObject;
  readonly #options: StackOptions;
  readonly #identities = new Map<string, Identity>();

  constructor(template: JsonObject, options: StackOptions) {
    this.#template = template;
    this.#options = options;
  }

  resources(): Record<string, Resource> {
    const resources: Record<string, Resource> = {};
    for (const [id, definition] of Object.entries(objectAt(this.#template, 'Resources'))) {
      const condition = textAt(definition, 'Condition');
      if (condition !== '' && !this.#holds(condition)) continue;
      const { ref, arn } = this.#identity(id);
      resources[id] = {
        id,
        type: textAt(definition, 'Type'),
        ref,
        arn,
        properties: this.#properties(id),
        deletionPolicy: objectAt(definition).DeletionPolicy,
        updateReplacePolicy: objectAt(definition).UpdateReplacePolicy,
      };
    }
    return resources;
  }

  text(value: unknown): string {
    const found = this.#value(value);
    if (typeof found === 'object') {
      throw new UnresolvedTemplateError(`a text is expected: ${JSON.stringify(value)}`);
    }
    return String(found);
  }

  #properties(id: string): JsonObject {
    return objectAt(this.#value(objectAt(this.#template, 'Resources', id, 'Properties')));
  }

  #identity(id: string): Identity {
    const known = this.#identities.get(id);
    if (known) return known;
    const definition = objectAt(this.#template, 'Resources', id);
    const type = textAt(definition, 'Type');
    if (type === '') throw new UnresolvedTemplateError(`there is no ${id}`);
    const given = Object.entries(objectAt(definition, 'Properties'));
    // Names only: whole properties may refer back.
    const names = given.filter(([name]) => /Name$/.test(name));
    const properties = Object.fromEntries(names.map(([name, value]) => [name, this.#value(value)]));
    const generated = `${this.#options.name}-${id}-1A2B3C4D5E6F`;
    const identity = identifyResource(type, { place: this.#options.place, properties, generated });
    this.#identities.set(id, identity);
    return identity;
  }

  #value(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.#value(item)).filter((item) => item !== noValue);
    }
    if (!isObject(value)) return value;
    const [[name = '', argument] = [], ...others] = Object.entries(value);
    const isFunction = name.startsWith('Fn::') || name === 'Ref' || name === 'Condition';
    if (isFunction && others.length === 0 && !(name === 'Condition' && isObject(argument))) {
      return this.#call(name, argument);
    }
    const members = Object.entries(value).map(([key, member]) => [key, this.#value(member)]);
    return Object.fromEntries(members.filter(([, member]) => member !== noValue));
  }

  #call(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.#ref(String(argument));
      case 'Condition':
        return this.#holds(String(argument));
      case 'Fn::GetAtt':
        return this.#attribute(argument);
      case 'Fn::Sub':
        return this.#sub(argument);
      case 'Fn::Join':
        return this.#join(argument);
      case 'Fn::ImportValue':
        return this.#import(this.text(argument));
      case 'Fn::If':
        return this.#choose(argument);
      case 'Fn::Equals':
        return this.text(listAt(argument)[0]) === this.text(listAt(argument)[1]);
      case 'Fn::Not':
        return this.#value(listAt(argument)[0]) !== true;
      default:
        throw new UnresolvedTemplateError(`${name} is not known here`);
    }
  }

  #ref(name: string): unknown {
    const { place, parameters = {} } = this.#options;
    const pseudo: Readonly<Record<string, unknown>> = {
      'AWS::Partition': place.partition,
      'AWS::Region': place.region,
      'AWS::AccountId': place.accountId,
      'AWS::URLSuffix': urlSuffix(place),
      'AWS::StackName': this.#options.name,
      'AWS::NoValue': noValue,
    };
    if (name in pseudo) return pseudo[name];
    const parameter = objectAt(this.#template, 'Parameters')[name];
    if (parameter === undefined) return this.#identity(name).ref;
    const value = parameters[name] ?? objectAt(parameter).Default;
    if (value === undefined) throw new UnresolvedTemplateError(`parameter ${name} has no value`);
    return String(value);
  }

  #attribute(argument: unknown): string {
    const [id = '', ...rest] = Array.isArray(argument)
      ? argument.map(String)
      : String(argument).split('.');
    const attribute = rest.join('.');
    const { arn, attributes } = this.#identity(id);
    const value = attribute === 'Arn' ? arn : attributes[attribute];
    if (value) return value;
    throw new UnresolvedTemplateError(`${id}.${attribute} is not known here`);
  }

  #sub(argument: unknown): string {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return String(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_whole, literal, name: string) => {
      if (literal) return `\${${name}}`;
      const own = objectAt(variables)[name];
      if (own !== undefined) return this.text(own);
      return name.includes('.') ? this.#attribute(name) : String(this.#ref(name));
    });
  }

  #join(argument: unknown): string {
    const [separator, parts] = listAt(argument);
    return listAt(this.#value(parts)).map(String).join(String(separator));
  }

  #import(name: string): string {
    const value = this.#options.imports?.[name];
    if (value !== undefined) return value;
    throw new UnresolvedTemplateError(`no stack exports ${name}`);
  }

  #choose(argument: unknown): unknown {
    const [condition, yes, no] = listAt(argument);
    return this.#value(this.#holds(String(condition)) ? yes : no);
  }

  #holds(name: string): boolean {
    const condition = objectAt(this.#template, 'Conditions')[name];
    if (condition === undefined) throw new UnresolvedTemplateError(`no condition ${name}`);
    return this.#value(condition) === true;
  }
}
