import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  FindingError,
  parseAsffFinding,
  parseCloudTrailRecord,
  parseCloudTrailRecords,
  parseEvent,
  parseFinding,
  parseFindings,
  parseGuardDutyFinding,
  parseOcsfFinding,
  stoppedTrailsOf,
  UnknownEventError,
} from './index.ts';
import { at } from './read.ts';
import {
  apiCallEvent,
  asffFinding,
  cloudTrailRecord,
  customActionEvent,
  guardDutyEvent,
  guardDutyFinding,
  importedEvent,
  importedV2Event,
  insightResultsEvent,
  ocsfFinding,
} from './testing/samples.ts';

/** Reads, and makes use of what was read. */
const parsers: Readonly<Record<string, (input: unknown) => readonly unknown[]>> = {
  parseAsffFinding: (input) => [parseAsffFinding(input)].map(used),
  parseOcsfFinding: (input) => [parseOcsfFinding(input)].map(used),
  parseGuardDutyFinding: (input) => [parseGuardDutyFinding(input)].map(used),
  parseFinding: (input) => [parseFinding(input)].map(used),
  parseFindings: (input) => parseFindings(input).map(used),
  parseCloudTrailRecord: (input) => [parseCloudTrailRecord(input).raw],
  parseCloudTrailRecords: (input) => parseCloudTrailRecords(input).map(({ raw }) => raw),
  parseEvent: (input) => [parseEvent(input).raw],
};

function used(finding: ReturnType<typeof parseFinding>): unknown {
  stoppedTrailsOf(finding);
  return finding.raw;
}

const samples: Readonly<Record<string, readonly unknown[]>> = {
  parseAsffFinding: [asffFinding()],
  parseOcsfFinding: [
    ocsfFinding(),
    ocsfFinding({ class_uid: 2001, finding_info: undefined, finding: { uid: 'f', title: 't' } }),
    ocsfFinding({ class_uid: 2005, finding_info: undefined, finding_info_list: [{ uid: 'f' }] }),
  ],
  parseGuardDutyFinding: [guardDutyFinding()],
  parseFinding: [asffFinding(), ocsfFinding(), guardDutyFinding()],
  parseFindings: [
    { Findings: [asffFinding(), ocsfFinding()] },
    [guardDutyFinding()],
    customActionEvent(asffFinding()),
  ],
  parseCloudTrailRecord: [cloudTrailRecord(), cloudTrailRecord({ resources: [{ ARN: 'a' }] })],
  parseCloudTrailRecords: [
    { Records: [cloudTrailRecord(), cloudTrailRecord()] },
    { Events: [{ CloudTrailEvent: JSON.stringify(cloudTrailRecord()) }] },
  ],
  parseEvent: [
    importedEvent(asffFinding(), asffFinding()),
    importedV2Event(ocsfFinding()),
    customActionEvent(asffFinding(), ocsfFinding()),
    insightResultsEvent(),
    guardDutyEvent(guardDutyFinding()),
    apiCallEvent(),
  ],
};

const evilKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length'];
const knownKeys = [
  ...['Id', 'ProductArn', 'AwsAccountId', 'Resources', 'Severity', 'Findings', 'Records', 'Events'],
  ...['class_uid', 'cloud', 'finding_info', 'severity_id', 'source', 'detail', 'detail-type'],
  ...['id', 'accountId', 'service', 'resource', 'eventName', 'insightDetails', 'findings'],
];

/** JSON as it comes in: a member called `__proto__` is a member like any other. */
const json = fc
  .oneof(
    fc.jsonValue(),
    fc.object({
      key: fc.oneof(fc.constantFrom(...evilKeys, ...knownKeys), fc.string()),
      maxDepth: 4,
    }),
  )
  .map((value) => JSON.stringify(value) ?? 'null')
  .map((text): unknown => JSON.parse(text.replaceAll('"toString"', '"__proto__"')));

/** Every path of a document, the document itself excepted. */
function pathsIn(value: unknown): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  return [...keys].flatMap((key) => [
    [key],
    ...pathsIn(at(value, key)).map((rest) => [key, ...rest]),
  ]);
}

/** The document with one place taken out (`undefined`) or changed. */
function changed(
  value: unknown,
  [key, ...rest]: readonly (string | number)[],
  to: unknown,
): unknown {
  if (key === undefined) return to;
  const held = changed(at(value, key), rest, to);
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? held : item));
  const members = { ...(value as object), [key]: held };
  return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined));
}

/** Without these, nothing tells what kind of document it was. */
const kinds = ['Findings', 'Records', 'Events'];

const builtIns = Object.getOwnPropertyNames(Object.prototype);

/** The path of the error that a parser throws; undefined when it reads the input. Checks what holds for every input. */
function outcome(parse: (input: unknown) => readonly unknown[], input: unknown): unknown {
  const before = JSON.stringify(input);
  try {
    // Event history carries a record as text: quotes in it are escaped once more.
    const held = `${before}${before.replaceAll('\\"', '"')}`;
    for (const raw of parse(input)) expect(held).toContain(JSON.stringify(raw));
    return undefined;
  } catch (error) {
    if (!(error instanceof FindingError)) throw error;
    expect(error.name).toMatch(/^(MalformedFinding|MalformedEvent|UnknownEvent)Error$/);
    return error instanceof UnknownEventError ? 'unknown' : at({ ...error }, 'path');
  } finally {
    expect(JSON.stringify(input)).toBe(before);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(builtIns);
  }
}

describe.each(Object.keys(parsers))('%s', (name) => {
  const parse = parsers[name] ?? (() => []);
  const valid = samples[name] ?? [];

  it('reads arbitrary JSON or names the place where a field is missing or wrong', () => {
    fc.assert(
      fc.property(json, (input) => {
        const path = outcome(parse, input);
        if (path === undefined || path === 'unknown' || path === '(root)') return;
        const parent = String(path).split('.').slice(0, -1);
        const holder = parent.reduce<unknown>(
          (held, key) => at(held, Array.isArray(held) ? Number(key) : key),
          input,
        );
        expect(typeof holder).toBe('object');
        expect(holder).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('reads its samples', () => {
    for (const sample of valid) expect(outcome(parse, sample)).toBeUndefined();
  });

  it('names the place that was changed in an otherwise valid document, or reads it', () => {
    const mutation = fc
      .constantFrom(...valid)
      .chain((sample) =>
        fc.tuple(
          fc.constant(sample),
          fc.constantFrom(...pathsIn(sample).filter((place) => !kinds.includes(place.join('.')))),
          fc.oneof(fc.constant(undefined), json),
        ),
      );
    fc.assert(
      fc.property(mutation, ([sample, place, to]) => {
        const path = outcome(parse, changed(sample, place, to));
        if (path === undefined || path === 'unknown') return;
        const [named, meant] = [`${path}.`, `${place.join('.')}.`];
        expect(named.startsWith(meant) || meant.startsWith(named)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['deep nesting', JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`)],
    ['a long list', Array.from({ length: 50_000 }, () => 'x')],
    ['a long text', 'arn:aws:s3:::'.repeat(100_000)],
    ['many members', Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, i]))],
  ])('answers %s at once', (_what, hostile) => {
    const began = performance.now();
    for (const sample of valid) {
      for (const place of pathsIn(sample).slice(0, 40)) {
        try {
          parse(changed(sample, place, hostile));
        } catch (error) {
          expect(error).toBeInstanceOf(FindingError);
        }
      }
    }
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});

describe('a member called __proto__', () => {
  it('lends a resource no other members', () => {
    const text = JSON.stringify(
      asffFinding({ Resources: [{ Id: 'i-1', evil: { Type: 'AwsAccount' } }] }),
    );
    const finding = parseAsffFinding(JSON.parse(text.replace('"evil"', '"__proto__"')));
    expect(finding.resources).toEqual([{ id: 'i-1', tags: {} }]);
  });

  it('stays a tag or product field like any other', () => {
    const text = JSON.stringify(
      asffFinding({
        ProductFields: { evil: 'x' },
        Resources: [{ Id: 'i-1', Tags: { evil: 'y' } }],
      }),
    );
    const finding = parseAsffFinding(JSON.parse(text.replaceAll('"evil"', '"__proto__"')));
    expect(Object.entries(finding.productFields)).toEqual([['__proto__', 'x']]);
    expect(Object.entries(finding.resources[0]?.tags ?? {})).toEqual([['__proto__', 'y']]);
  });
});
