import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { FeedStore } from './ports.ts';

/** Feeds in a bucket. It has to be one that lets objects be replaced: not the evidence bucket. */
export function s3FeedStore(options: {
  readonly client: S3Client;
  readonly bucketName: string;
}): FeedStore {
  const { client, bucketName: Bucket } = options;
  return {
    async read(Key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return await Body?.transformToString();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async write(Key, Body) {
      const ContentType = 'application/json';
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
    },
  };
}
