import type { S3Client } from '@aws-sdk/client-s3';
import type { Finding } from '@riposte/findings';
import { compileOwnership, type RuleSet, wishOf } from '@riposte/rules';
import type { Matched } from './effects.ts';
import { dynamoHistory } from './enrich/dynamo-history.ts';
import { enrichFinding } from './enrich/enrich-finding.ts';
import { noteFinding } from './enrich/note-finding.ts';
import { ownerContext } from './enrich/owner-context.ts';
import type { LiveTags, OrganizationalUnits } from './enrich/ports.ts';
import { s3FeedStore } from './feeds/s3-feed-store.ts';
import type { Enrichment } from './ports.ts';
import type { Table } from './table.ts';

/** Where enrichment asks. */
export interface EnrichmentOptions {
  readonly ruleSet: Pick<RuleSet, 'ownership' | 'tagKeys'>;
  readonly table: Table;
  readonly s3: S3Client;
  readonly feedsBucketName: string;
  /** Of the own account: tags of other accounts' resources come with their findings, or from the ownership file. */
  readonly liveTags: LiveTags;
  readonly ownAccount: string;
  /** Where the ownership file names organizational units. */
  readonly organizationalUnits?: OrganizationalUnits;
  clock(): Date;
}

/** Enrichment by the ownership file, live tags, the router's own memory, and the feeds. */
export function routerEnrichment(options: EnrichmentOptions): Enrichment {
  const { ruleSet, table, s3, feedsBucketName, clock } = options;
  const { organizationalUnits } = options;
  const sources = {
    ownersOf: compileOwnership(ruleSet),
    ...(organizationalUnits && { organizationalUnits }),
  };
  const history = dynamoHistory(table, clock);
  const feeds = s3FeedStore({ client: s3, bucketName: feedsBucketName });
  return {
    contextOf: (finding) => ownerContext(finding, sources),
    async enrich(finding, matches, now) {
      const isOwn = finding.accountId === options.ownAccount;
      const wish = wishOf(wishesOf(matches));
      const ports = { ...sources, history, feeds, ...(isOwn && { liveTags: options.liveTags }) };
      const { context, update, riskScore } = await enrichFinding(finding, wish, ports, now);
      // Where owners were asked for, what could not be read stays unknown.
      const isAsked = wish.with.some((what) => what === 'owner' || what === 'risk');
      return {
        context: isAsked ? context : await ownerContext(finding, sources),
        update,
        ...(riskScore !== undefined && { riskScore }),
      };
    },
    note: (finding: Finding, at: string) => noteFinding(finding, at, history),
  };
}

function wishesOf(matches: readonly Matched[]) {
  return matches.flatMap(({ branch }) =>
    branch.then.flatMap((action) => ('enrich' in action ? [action.enrich] : [])),
  );
}
