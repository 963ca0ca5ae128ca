import { describe, expect, it } from '@jest/globals';
import { deniedCode, errorResponse, throttlingCode } from './error-response.ts';

const error = { code: 'ThrottlingException', message: 'Rate exceeded' };

describe('an injected error', () => {
  it.each([
    ['json', 'cloudtrail', '{"__type":"ThrottlingException","message":"Rate exceeded"}'],
    ['rest-json', 'securityhub', '"__type":"ThrottlingException"'],
    ['query', 'sns', '<Code>ThrottlingException</Code><Message>Rate exceeded</Message>'],
    ['rest-xml', 's3', '<Error><Code>ThrottlingException</Code>'],
  ] as const)('speaks %s to clients of %s', (protocol, service, text) => {
    const { status, headers, body } = errorResponse({ protocol, service }, error);
    expect(status).toBe(400);
    expect(body.toString()).toContain(text);
    expect(headers).toMatchObject({
      'x-amzn-errortype': error.code,
      'content-length': String(body.length),
    });
  });

  it('speaks CBOR: a map of two texts', () => {
    const { headers, body } = errorResponse({ protocol: 'cbor', service: 'monitoring' }, error);
    expect(headers['smithy-protocol']).toBe('rpc-v2-cbor');
    expect(body[0]).toBe(0xa2);
    expect(body.toString('latin1')).toContain('ThrottlingException');
  });

  it('tells clients of SQS the code of the older protocol too', () => {
    const { headers, status } = errorResponse(
      { protocol: 'json', service: 'sqs' },
      { ...error, status: 500 },
    );
    expect(headers['x-amzn-query-error']).toBe('ThrottlingException;Sender');
    expect(status).toBe(500);
  });

  it.each([
    ['rest-xml', 's3', 'SlowDown', 'AccessDenied'],
    ['query', 'sns', 'Throttling', 'AccessDenied'],
    ['json', 'dynamodb', 'ThrottlingException', 'AccessDeniedException'],
  ] as const)('in %s is throttled and denied by its own codes', (protocol, service, slow, no) => {
    expect(throttlingCode({ protocol, service })).toBe(slow);
    expect(deniedCode({ protocol })).toBe(no);
  });
});
