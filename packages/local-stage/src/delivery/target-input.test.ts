import { describe, expect, it } from '@jest/globals';
import { targetInput, valueAt } from './target-input.ts';
import type { ServiceEvent } from './types.ts';

const event: ServiceEvent = {
  version: '0',
  id: 'id-1',
  source: 'aws.cloudtrail',
  'detail-type': 'AWS API Call via CloudTrail',
  account: '123456789012',
  region: 'us-east-1',
  time: '2026-01-01T00:00:00Z',
  resources: ['arn:one'],
  detail: { eventName: 'StopLogging', text: 'say "hi"', count: 2, list: [{ name: 'a' }] },
};
const rule = 'arn:aws:events:us-east-1:123456789012:rule/stopped';

function transformed(template: string, paths: Record<string, string> = {}): string {
  return targetInput(
    { InputTransformer: { InputTemplate: template, InputPathsMap: paths } },
    event,
    rule,
  );
}

describe("a target's input", () => {
  it('is the event itself', () => {
    expect(JSON.parse(targetInput({}, event, rule))).toEqual(event);
  });

  it('is a constant', () => {
    expect(targetInput({ Input: '{"a":1}' }, event, rule)).toBe('{"a":1}');
  });

  it('is a part', () => {
    expect(targetInput({ InputPath: '$.detail.list[0]' }, event, rule)).toBe('{"name":"a"}');
  });

  it('is a template filled in', () => {
    const paths = { name: '$.detail.eventName', count: '$.detail.count', list: '$.detail.list' };
    expect(transformed('{"n": "<name>", "c": <count>, "l": <list>}', paths)).toBe(
      '{"n": "StopLogging", "c": 2, "l": [{"name":"a"}]}',
    );
    expect(transformed('"<name> of <count>"', paths)).toBe('"StopLogging of 2"');
    expect(transformed('<name>', paths)).toBe('"StopLogging"');
    expect(transformed('{"l": "<list>"}', paths)).toBe('{"l": [{"name":"a"}]}');
  });

  it('escapes text, and leaves unknown names and empty values', () => {
    expect(transformed('{"t": "<text>"}', { text: '$.detail.text' })).toBe('{"t": "say \\"hi\\""}');
    expect(transformed('{"t": "<none>", "u": "<unknown>"}', { none: '$.detail.none' })).toBe(
      '{"t": "", "u": "<unknown>"}',
    );
  });

  it("knows EventBridge's own names", () => {
    expect(transformed('{"rule": "<aws.events.rule-arn>"}')).toBe(`{"rule": "${rule}"}`);
    expect(JSON.parse(transformed('<aws.events.event>'))).toEqual(event);
  });

  it('fills in nothing where there is no template', () => {
    expect(targetInput({ InputTransformer: { InputTemplate: undefined } }, event, rule)).toBe('');
  });
});

describe('the value at a path', () => {
  it('is undefined where the path ends early', () => {
    expect(valueAt(event, '$.detail.eventName.x')).toBeUndefined();
    expect(valueAt(event, '$.nothing')).toBeUndefined();
    expect(valueAt(event, '$.resources[0]')).toBe('arn:one');
    expect(valueAt(event, '$')).toBe(event);
  });
});
