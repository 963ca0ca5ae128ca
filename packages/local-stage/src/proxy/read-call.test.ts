import { describe, expect, it } from '@jest/globals';
import { parametersOf, readCall } from './read-call.ts';

const home = { accountId: '123456789012', region: 'us-east-1' };
const context = { home, sessions: new Map() };

function signed(service: string, account = '210987654321', region = 'eu-west-1') {
  return `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

function call(method: string, url: string, headers: Record<string, string>, body = '') {
  return readCall({ method, url, headers, body }, context);
}

describe('reading a call', () => {
  it('takes service, account and Region from the signature, the rest from the headers', () => {
    const read = call('POST', '/', {
      authorization: signed('cloudtrail'),
      'x-amz-target': 'CloudTrail_20131101.StopLogging',
      'user-agent': 'aws-sdk-js/3 lang/js app/riposte-sweep m/E',
    });
    expect(read).toEqual({
      service: 'cloudtrail',
      operation: 'StopLogging',
      protocol: 'json',
      appId: 'riposte-sweep',
      userAgent: 'aws-sdk-js/3 lang/js app/riposte-sweep m/E',
      accountId: '210987654321',
      region: 'eu-west-1',
      accessKeyId: '210987654321',
    });
  });

  it('knows the account and role of an assumed session', () => {
    const role = { accountId: '333333333333', roleArn: 'arn:aws:iam::333333333333:role/member' };
    const sessions = new Map([['ASIAEXAMPLE', role]]);
    const headers = { authorization: signed('sns', 'ASIAEXAMPLE') };
    const read = readCall({ method: 'POST', url: '/', headers, body: '' }, { home, sessions });
    expect(read).toMatchObject(role);
  });

  it('falls back to the home account and Region', () => {
    const headers = { authorization: signed('sns', 'AKIAEXAMPLE', '') };
    expect(call('POST', '/', headers)).toMatchObject(home);
  });

  it('reads a presigned query', () => {
    const credential = encodeURIComponent('123456789012/20260101/eu-north-1/s3/aws4_request');
    const read = call('GET', `/bucket/key?X-Amz-Credential=${credential}`, {});
    expect(read).toMatchObject({ service: 's3', operation: 'GetObject', region: 'eu-north-1' });
  });

  it('calls what nobody signed unsigned', () => {
    expect(call('GET', '/health', {}).service).toBe('unsigned');
  });

  it.each([
    ['query', 'sns', 'POST', '/', 'Action=Publish&Version=2010-03-31', 'Publish'],
    ['query', 'sts', 'GET', '/?Action=GetCallerIdentity', '', 'GetCallerIdentity'],
    [
      'cbor',
      'monitoring',
      'POST',
      '/service/GraniteServiceVersion20100801/operation/PutMetricData',
      '',
      'PutMetricData',
    ],
    ['rest-xml', 's3', 'PUT', '/bucket?policy', '', 'PutBucketPolicy'],
    ['rest-json', 'lambda', 'GET', '/2015-03-31/functions/restart', '', 'GetFunction'],
    ['rest-json', 'securityhub', 'POST', '/findings/import', '', 'BatchImportFindings'],
    [
      'rest-json',
      'securityhub',
      'DELETE',
      '/actionTargets/arn:aws:securityhub:us-east-1:123456789012:action/custom/x',
      '',
      'DeleteActionTarget',
    ],
    ['rest-json', 'xray', 'POST', '/TraceSegments', '', 'POST /TraceSegments'],
  ])('finds the operation of %s calls to %s', (protocol, service, method, url, body, operation) => {
    const read = call(method, url, { authorization: signed(service) }, body);
    expect(read).toMatchObject({ protocol, operation });
  });
});

describe("a call's parameters", () => {
  const of = (url: string, body: string) =>
    parametersOf({ method: 'POST', url, headers: {}, body });

  it('are the members of a JSON body', () => {
    expect(of('/', '{"Name":"main"}')).toEqual({ Name: 'main' });
  });

  it('are the members of a form, without its action and version', () => {
    expect(of('/', 'Action=Publish&Version=1&TopicArn=a%3Ab')).toEqual({ TopicArn: 'a:b' });
  });

  it('are path and query where there is no body to read', () => {
    expect(of('/bucket/a%20key?versionId=1', '')).toEqual({
      path: '/bucket/a key',
      versionId: '1',
    });
    expect(of('/%E0%A4%A', 'x')).toEqual({ path: '/%E0%A4%A' });
  });

  it('leave out a body that only looks like JSON', () => {
    expect(of('/', '{oops')).toEqual({});
  });
});
