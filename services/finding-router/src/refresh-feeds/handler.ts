import { S3Client } from '@aws-sdk/client-s3';
import { awsClient, directHandler, loadConfig, measure } from '@riposte/lambda';
import { feedsEnvironment } from '../config.ts';
import { httpDownload } from '../feeds/http-download.ts';
import { refreshFeeds } from '../feeds/refresh-feeds.ts';
import { s3FeedStore } from '../feeds/s3-feed-store.ts';

const config = loadConfig(feedsEnvironment, process.env);
const store = s3FeedStore({
  client: awsClient(S3Client, {}),
  bucketName: config.FEEDS_BUCKET_NAME,
});
const sources = { kev: config.KEV_URL, epss: config.EPSS_URL };

/** Fetches what is published about vulnerabilities. */
export const handler = directHandler(() =>
  refreshFeeds({ download: httpDownload(fetch), store, clock: () => new Date(), measure, sources }),
);
