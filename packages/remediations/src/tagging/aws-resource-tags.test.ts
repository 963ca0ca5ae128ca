import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
  ResourceGroupsTaggingAPIServiceException,
  TagResourcesCommand,
  UntagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { awsResourceTags } from './aws-resource-tags.ts';

const api = mockClient(ResourceGroupsTaggingAPIClient);
const tags = awsResourceTags(new ResourceGroupsTaggingAPIClient({ region: 'eu-west-1' }));
const arn = 'arn:aws:s3:::reports';

function answer(name: string, $fault: 'client' | 'server' = 'client') {
  return new ResourceGroupsTaggingAPIServiceException({
    name,
    $fault,
    message: 'no',
    $metadata: {},
  });
}

beforeEach(() => {
  api.reset();
});

describe('awsResourceTags', () => {
  it('reads the tags of one resource, and none of one that has none', async () => {
    const Tags = [
      { Key: 'owner', Value: 'red' },
      { Key: 'bare', Value: undefined },
    ];
    api
      .on(GetResourcesCommand)
      .resolvesOnce({ ResourceTagMappingList: [{ ResourceARN: arn, Tags }] })
      .resolves({});
    expect(await tags.read(arn)).toEqual({ owner: 'red', bare: '' });
    expect(await tags.read(arn)).toEqual({});
  });

  it('sets and takes away, and calls nothing for neither', async () => {
    api.on(TagResourcesCommand).resolves({});
    api.on(UntagResourcesCommand).resolves({ FailedResourcesMap: {} });
    await tags.change(arn, { set: { a: 'b' }, remove: ['c'] });
    await tags.change(arn, { set: {}, remove: [] });
    expect(api.calls().map(({ args }) => args[0].input)).toEqual([
      { ResourceARNList: [arn], Tags: { a: 'b' } },
      { ResourceARNList: [arn], TagKeys: ['c'] },
    ]);
  });

  it.each([
    ['InvalidParameterException', 400, 'ChangeRejectedError', false],
    ['AccessDeniedException', 403, 'AccessRefusedError', false],
    ['InternalServiceException', 500, 'ServiceFailedError', true],
    ['ThrottlingException', 400, 'ServiceFailedError', true],
    [undefined, undefined, 'ChangeRejectedError', false],
  ])('says what the service of the resource answered: %s %s', async (code, status, name, retry) => {
    // The service of the resource has codes of its own, which the client's types do not know.
    const failure = JSON.parse(JSON.stringify({ ErrorCode: code, StatusCode: status }));
    const FailedResourcesMap = { [arn]: failure };
    api.on(TagResourcesCommand).resolves({ FailedResourcesMap });
    const change = tags.change(arn, { set: { a: 'b' }, remove: [] });
    await expect(change).rejects.toMatchObject({ name, retryable: retry, path: arn });
  });

  it.each([
    [answer('AccessDeniedException'), { name: 'AccessRefusedError', retryable: false }],
    [answer('InvalidParameterException'), { name: 'ChangeRejectedError', retryable: false }],
    [answer('ThrottledException'), { name: 'ThrottledException' }],
    [answer('InternalServiceException', 'server'), { name: 'InternalServiceException' }],
    [new TypeError('away'), { name: 'TypeError' }],
  ])('says what AWS answered: %s', async (error, said) => {
    api.on(GetResourcesCommand).rejects(error);
    await expect(tags.read(arn)).rejects.toMatchObject(said);
  });
});
