import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { httpDownload } from './http-download.ts';
import { s3FeedStore } from './s3-feed-store.ts';

const s3 = mockClient(S3Client);
const store = s3FeedStore({ client: new S3Client({}), bucketName: 'feeds' });

beforeEach(() => {
  s3.reset();
});

describe('s3FeedStore', () => {
  it('reads an object', async () => {
    s3.on(GetObjectCommand, { Bucket: 'feeds', Key: 'a' }).callsFake(() => ({
      Body: { transformToString: async () => 'text' },
    }));
    expect(await store.read('a')).toBe('text');
  });

  it('tells an object that is not there from one that it may not read', async () => {
    const metadata = { message: '', $metadata: {} };
    s3.on(GetObjectCommand).rejectsOnce(new NoSuchKey(metadata)).rejects(new Error('AccessDenied'));
    expect(await store.read('a')).toBeUndefined();
    await expect(store.read('a')).rejects.toThrow('AccessDenied');
  });

  it('replaces an object', async () => {
    s3.on(PutObjectCommand).resolves({});
    await store.write('a', '{}');
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'feeds',
      Key: 'a',
      Body: '{}',
      ContentType: 'application/json',
    });
  });
});

describe('httpDownload', () => {
  const request = { url: 'https://feeds.example/kev.json', maxBytes: 10 };

  function answering(response: () => Response) {
    const asked: Headers[] = [];
    const download = httpDownload(async (_url, init) => {
      asked.push(new Headers(init?.headers));
      return response();
    });
    return { asked, download };
  }

  it('brings the body with what names its version', async () => {
    const headers = { etag: '"2"', 'last-modified': 'Tue' };
    const { download, asked } = answering(() => new Response('0123456789', { headers }));
    const answer = await download(request);
    expect(answer).toEqual({
      unchanged: false,
      body: Buffer.from('0123456789'),
      etag: '"2"',
      lastModified: 'Tue',
    });
    expect(asked[0]?.has('if-none-match')).toBe(false);
  });

  it('asks for what has changed since', async () => {
    const { download, asked } = answering(() => new Response(null, { status: 304 }));
    expect(await download({ ...request, etag: '"1"', lastModified: 'Mon' })).toEqual({
      unchanged: true,
    });
    expect(asked[0]?.get('if-none-match')).toBe('"1"');
    expect(asked[0]?.get('if-modified-since')).toBe('Mon');
  });

  it.each<[string, () => Response, RegExp]>([
    ['an error', () => new Response('no', { status: 503 }), /answered 503/],
    ['nothing', () => new Response(null, { status: 204 }), /answered 204/],
    ['too much', () => new Response('0123456789a'), /longer than 10 bytes/],
  ])('refuses %s', async (_, response, words) => {
    await expect(answering(response).download(request)).rejects.toMatchObject({
      name: 'FeedDownloadError',
      retryable: true,
      message: expect.stringMatching(words),
    });
  });

  it('says that nobody answered', async () => {
    const download = httpDownload(() => Promise.reject(new TypeError('fetch failed')));
    await expect(download(request)).rejects.toThrow('did not answer');
  });
});
