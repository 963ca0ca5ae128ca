import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { MalformedEventError } from '@riposte/findings';
import { formatInventoryKey, parseInventoryKey } from '@riposte/inventory';
import fc from 'fast-check';
import {
  encodedKey,
  envelopes,
  eventBridgeEvent,
  inventory,
  s3Record,
} from '../testing/sample-messages.ts';
import { readMessage } from './read-message.ts';

/** How a message ends: read, or refused with a path. */
function ending(message: unknown): string {
  try {
    const { objects, findings, passedOver } = readMessage(message);
    return `${objects.length} ${findings.length} ${passedOver}`;
  } catch (error) {
    return error instanceof MalformedEventError && error.path !== '' ? 'refused' : String(error);
  }
}

const readOrRefused = /^(\d+ \d+ \d+|refused)$/;
const names = fc.constantFrom(...Object.keys(envelopes));
const prefixes = fc
  .array(fc.string({ unit: 'grapheme' }))
  .map((folders) => folders.map((folder) => `${folder}/`).join(''));

describe('any message', () => {
  it('is read, or refused with a path', () => {
    fc.assert(fc.property(fc.jsonValue(), (message) => readOrRefused.test(ending(message))));
  });

  it('that was garbled somewhere is read, or refused with a path', () => {
    const whole = fc.constantFrom<unknown>({ Records: [s3Record()] }, eventBridgeEvent());
    fc.assert(
      fc.property(whole, names, fc.nat(), fc.jsonValue(), (message, name, at, planted) => {
        const garbled: unknown = plant(structuredClone(envelopes[name]?.(message)), at, planted);
        expect(ending(garbled)).toMatch(readOrRefused);
      }),
    );
  });

  it('asks for the object that was written, whatever its prefix, in any order of envelopes', () => {
    fc.assert(
      fc.property(prefixes, fc.array(names, { maxLength: 4 }), (prefix, around) => {
        const object = { ...inventory, prefix };
        const key = formatInventoryKey(object);
        const record = s3Record({ object: { key: encodedKey(key) } });
        const events: readonly unknown[] = [
          { Records: [record] },
          eventBridgeEvent('Object Created', { key }),
        ];
        for (const event of events) {
          const message = around.reduce((inner, name) => envelopes[name]?.(inner), event);
          expect(readMessage(message).objects.map((one) => one.key)).toEqual([object]);
        }
        expect(parseInventoryKey(key)).toEqual(object);
      }),
    );
  });
});

/** Puts something into the place of one of the values of a document. */
function plant(document: unknown, at: number, planted: unknown): unknown {
  const places: { holder: Record<string, unknown>; name: string }[] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    const holder: Record<string, unknown> = Object(value);
    for (const name of Object.keys(holder)) {
      places.push({ holder, name });
      walk(holder[name]);
    }
  };
  walk(document);
  const place = places[at % Math.max(1, places.length)];
  if (place) place.holder[place.name] = planted;
  return document;
}

const corpus = process.env.RIPOSTE_CORPUS;

if (corpus) {
  describe('events of S3 that others have seen', () => {
    const files = globSync(join(corpus, 's3-events', '*.json'));

    it.each(files.map((file) => [basename(file), file]))(
      '%s is read, or refused with a path',
      (_name, file) => {
        expect(ending(JSON.parse(readFileSync(file, 'utf8')))).toMatch(readOrRefused);
      },
    );
  });
}
