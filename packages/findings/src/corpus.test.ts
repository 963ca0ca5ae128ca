import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  type Finding,
  FindingError,
  parseCloudTrailRecord,
  parseCloudTrailRecords,
  parseEvent,
  parseFinding,
  parseFindings,
} from './index.ts';
import { at, isObject } from './read.ts';
import { rejections } from './testing/corpus-rejections.ts';
import { thrownBy } from './testing/thrown-by.ts';

/** A folder of documents that others published; not part of this repository. */
const corpus = process.env.RIPOSTE_CORPUS || undefined;

type Document = Readonly<Record<string, unknown>>;

interface Sample {
  readonly name: string;
  readonly document: unknown;
  /** The same again, to compare with what parsing left of the first. */
  readonly untouched: unknown;
}

function samplesIn(folder: string): readonly Sample[] {
  if (corpus === undefined) return [];
  return readdirSync(join(corpus, folder)).map((file) => {
    const text = readFileSync(join(corpus, folder, file), 'utf8');
    return { name: `${folder}/${file}`, document: JSON.parse(text), untouched: JSON.parse(text) };
  });
}

/** What the table says of a document, as the parser has to answer it. */
function expectRejection(name: string, error: unknown): void {
  expect(error).toBeInstanceOf(FindingError);
  const { name: errorName, path } = error as FindingError & { readonly path: string };
  expect(`${errorName} ${path}`).toBe(rejections[name]);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What a finding in any format calls itself and its resources, read without the parsers. */
function statedBy(raw: Document) {
  if ('class_uid' in raw) {
    return { id: at(raw, 'finding_info', 'uid'), resources: listOf(raw.resources).length };
  }
  if ('ProductArn' in raw) return { id: raw.Id, resources: listOf(raw.Resources).length };
  const resource = raw.resource ?? raw.Resource ?? {};
  const details = Object.entries(resource)
    .filter(([key]) => /Details$/.test(key) && !/DbUserDetails$/.test(key))
    .flatMap(([, detail]) => (Array.isArray(detail) ? detail : [detail]))
    .filter((detail) => isObject(detail) && Object.keys(detail).length > 0);
  return { id: raw.arn ?? raw.Arn ?? raw.id, resources: details.length };
}

function expectNothingLost(findings: readonly Finding[], documents: readonly unknown[]): void {
  expect(findings.map(({ raw }) => raw)).toEqual(documents);
  for (const finding of findings) {
    expect({ id: finding.id, resources: finding.resources.length }).toEqual(statedBy(finding.raw));
  }
}

describe('the documents that are rejected', () => {
  it('each name an error and the path of a field', () => {
    for (const [name, rejection] of Object.entries(rejections)) {
      expect(name).toMatch(/^[a-z0-9-]+\/\S+\.json$/);
      expect(rejection).toMatch(
        /^(MalformedFindingError|MalformedEventError|UnknownEventError) \S+$/,
      );
    }
  });
});

if (corpus !== undefined) describe('of the published documents', ofPublishedDocuments);

function ofPublishedDocuments(): void {
  const findings = ['securityhub-asff', 'ocsf', 'guardduty'].flatMap(samplesIn);
  const bare = findings.filter(({ document }) => !Object.hasOwn(document as object, 'detail-type'));

  it.each(bare)('the finding $name is read without loss, or rejected by its path', (sample) => {
    const { name, document, untouched } = sample;
    if (name in rejections) {
      return expectRejection(
        name,
        thrownBy(() => parseFinding(document)),
      );
    }
    const finding = parseFinding(document);
    expect(finding.raw).toBe(document);
    expectNothingLost([finding], [untouched]);
    expectNothingLost(parseFindings({ Findings: [document, document] }), [untouched, untouched]);
  });

  const events = ['securityhub-events', 'custom-action-events']
    .flatMap(samplesIn)
    .concat(findings.filter((sample) => !bare.includes(sample)));

  it.each(events)('the event $name is read without loss, or rejected by its path', (sample) => {
    const { name, document, untouched } = sample;
    if (name in rejections)
      return expectRejection(
        name,
        thrownBy(() => parseEvent(document)),
      );
    const event = parseEvent(document);
    expect(event.raw).toBe(document);
    expect(event.raw).toEqual(untouched);
    const detail = at(untouched, 'detail');
    if (event.type === 'insight-results') {
      const rows = listOf(at(detail, 'insightResults')).flatMap((row) =>
        Object.entries(row as object),
      );
      expect(event.results).toEqual(rows);
    } else if (event.type === 'guardduty-finding') {
      expectNothingLost(event.findings, [detail]);
    } else if (event.type !== 'api-call') {
      expectNothingLost(event.findings, listOf(at(detail, 'findings')));
    }
    expect(event.type).not.toBe('api-call');
  });

  const records = samplesIn('cloudtrail-raw');

  it.each(records)('the record $name is read without loss, or rejected by its path', (sample) => {
    const { name, document, untouched } = sample;
    if (name in rejections) {
      return expectRejection(
        name,
        thrownBy(() => parseCloudTrailRecord(document)),
      );
    }
    const record = parseCloudTrailRecord(document);
    expect(record.raw).toBe(document);
    expect(record.raw).toEqual(untouched);
    expect(record.resourceArns).toHaveLength(listOf(at(untouched, 'resources')).length);
    expect(record.actor.arn).toBe(
      at(untouched, 'userIdentity', 'arn') ||
        at(untouched, 'userIdentity', 'invokedBy') ||
        undefined,
    );
  });

  it('all records of one log file are read', () => {
    const good = records.filter(({ name }) => !(name in rejections));
    const Records = good.map(({ document }) => document);
    expect(parseCloudTrailRecords({ Records }).map(({ raw }) => raw)).toEqual(Records);
    expect(good.length).toBeGreaterThan(100);
  });

  it.each(samplesIn('cloudtrail-eventbridge'))(
    'the API call $name is read without loss',
    (sample) => {
      const event = parseEvent(sample.document);
      expect(event.raw).toBe(sample.document);
      expect(event.raw).toEqual(sample.untouched);
      expect(event).toMatchObject({
        type: 'api-call',
        eventName: at(sample.untouched, 'detail', 'eventName'),
        eventSource: at(sample.untouched, 'detail', 'eventSource'),
      });
    },
  );

  const others = ['other-events', 's3-events'].flatMap(samplesIn);
  const foreign = others.filter(({ document }) => Object.hasOwn(document as object, 'detail-type'));

  it.each(foreign)(
    'the event $name is said to be unknown, with source and detail type',
    ({ document }) => {
      expect(thrownBy(() => parseEvent(document))).toMatchObject({
        name: 'UnknownEventError',
        source: at(document, 'source'),
        detailType: at(document, 'detail-type'),
      });
    },
  );

  const nobodys = ['ssm-inventory', 'automation-rules']
    .flatMap(samplesIn)
    .concat(others.filter((sample) => !foreign.includes(sample)));

  it.each(nobodys)('$name, which no parser claims, is rejected by every parser', ({ document }) => {
    expect(thrownBy(() => parseEvent(document))).toMatchObject({ path: 'source' });
    for (const parse of [
      parseFinding,
      parseFindings,
      parseCloudTrailRecord,
      parseCloudTrailRecords,
    ]) {
      expect(thrownBy(() => parse(document))).toBeInstanceOf(FindingError);
    }
  });

  it('every document that the table names is there', () => {
    const known = new Set([...findings, ...events, ...records].map(({ name }) => name));
    expect(Object.keys(rejections).filter((name) => !known.has(name))).toEqual([]);
  });
}
