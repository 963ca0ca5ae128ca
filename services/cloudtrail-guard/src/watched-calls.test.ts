import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { watchedCall, watchedCalls } from './watched-calls.ts';

type Pattern = { readonly [member: string]: Pattern | readonly Matcher[] };
type Matcher = string | { readonly prefix: string } | { readonly wildcard: string };

/** Patterns of the rules that start watch-self. */
const file = new URL('../resources/watch-self-events.yml', import.meta.url);
const rules: readonly { readonly eventBridge: { readonly pattern: Pattern } }[] = parse(
  readFileSync(file, 'utf8').replaceAll(`\${sls:stage}`, 'dev'),
);
const patterns = rules.map(({ eventBridge }) => eventBridge.pattern);

/** What EventBridge does with a pattern, as far as these use it. */
function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([member, wanted]) => {
    const value = Object(event)[member];
    return isMatchers(wanted) ? matchesAny(wanted, value) : matches(wanted, value);
  });
}

function isMatchers(wanted: Pattern | readonly Matcher[]): wanted is readonly Matcher[] {
  return Array.isArray(wanted);
}

function matchesAny(matchers: readonly Matcher[], value: unknown): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.some((one) => matchers.some((matcher) => isMatch(matcher, String(one))));
}

function isMatch(matcher: Matcher, value: string): boolean {
  if (typeof matcher === 'string') return matcher === value;
  if ('prefix' in matcher) return value.startsWith(matcher.prefix);
  return new RegExp(`^${matcher.wildcard.replaceAll('*', '.*')}$`).test(value);
}

/** Parameters that name something of Riposte's, in every service's words. */
const own = {
  functionName: 'riposte-cloudtrail-guard-dev-sweep',
  roleName: 'riposte-cloudtrail-guard-dev-sweep-euw1',
  name: '/riposte/dev/kill-switch',
  names: ['/riposte/dev/kill-switch'],
};

function apiCall(eventSource: string, eventName: string, requestParameters: object = own) {
  return {
    source: `aws.${eventSource.replace('.amazonaws.com', '')}`,
    'detail-type': 'AWS API Call via CloudTrail',
    detail: { eventSource, eventName, requestParameters },
  };
}

const matching = (event: object) => patterns.filter((pattern) => matches(pattern, event)).length;

describe('the rules of watch-self', () => {
  it.each(watchedCalls)('match %s %s, once', (eventSource, eventName) => {
    expect(watchedCall(eventSource, eventName)).toBeDefined();
    expect(matching(apiCall(eventSource, eventName))).toBe(1);
  });

  const ofLambda = watchedCalls.filter(([eventSource]) => eventSource === 'lambda.amazonaws.com');

  it.each(ofLambda)('match %s %s with a date and version behind its name', (source, name) => {
    for (const suffix of ['20150331', '20150331v2', '20171031']) {
      expect(watchedCall(source, name + suffix)).toBe('own');
      expect(matching(apiCall(source, name + suffix))).toBe(1);
    }
  });

  it.each([
    'riposte-cloudtrail-guard-dev-sweep',
    'arn:aws:lambda:eu-west-1:111122223333:function:riposte-cloudtrail-guard-dev-sweep',
    '111122223333:function:riposte-cloudtrail-guard-dev-sweep',
  ])('match a function that is named %s', (functionName) => {
    const event = apiCall('lambda.amazonaws.com', 'DeleteFunction20150331', { functionName });
    expect(matching(event)).toBe(1);
  });

  it.each([
    ['lambda.amazonaws.com', 'UpdateFunctionCode20150331v2', { functionName: 'shop' }],
    ['iam.amazonaws.com', 'PutRolePolicy', { roleName: 'shop' }],
    ['ssm.amazonaws.com', 'PutParameter', { name: '/shop/price' }],
    ['s3.amazonaws.com', 'PutObject', { bucketName: 'riposte' }],
  ])('leave %s %s of %p alone', (eventSource, eventName, parameters) => {
    expect(matching(apiCall(eventSource, eventName, parameters))).toBe(0);
  });

  it('match nothing that the function would pass over', () => {
    const names = patterns.flatMap(({ source, detail }) =>
      textsOf(source).flatMap((service) =>
        textsOf(isMatchers(detail ?? []) ? [] : Object(detail).eventName).map((eventName) => ({
          eventSource: `${service.replace('aws.', '')}.amazonaws.com`,
          eventName,
        })),
      ),
    );
    expect(names.length).toBeGreaterThan(watchedCalls.length);
    const known = new Set(watchedCalls.map(([, eventName]) => eventName));
    expect(names.filter(({ eventName }) => !known.has(eventName))).toEqual([]);
  });
});

function textsOf(matchers: unknown): readonly string[] {
  return (Array.isArray(matchers) ? matchers : []).map((one) =>
    typeof one === 'string' ? one : String(Object(one).prefix),
  );
}

describe('a call that is not watched', () => {
  it.each([
    ['sns.amazonaws.com', 'Publish'],
    ['unknown.amazonaws.com', 'DeleteRule'],
    ['toString', 'DeleteRule'],
  ])('is %s %s', (eventSource, eventName) => {
    expect(watchedCall(eventSource, eventName)).toBeUndefined();
  });
});
