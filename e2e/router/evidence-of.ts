import { evidenceDocument, evidenceVersions } from '../guard/evidence.ts';
import type { RouterWorld } from './router-world.ts';

/** The evidence of a finding in the bucket, and how many manifests there are. */
export async function evidenceOf(
  { stage, names: { EvidenceBucketName: bucket } }: RouterWorld,
  id: string,
): Promise<{ readonly document: unknown; readonly manifests: number } | undefined> {
  for (const { key } of await evidenceVersions(stage, bucket, 'findings/')) {
    const document = await evidenceDocument(stage, bucket, key);
    if (!JSON.stringify(document).includes(id)) continue;
    const manifests = await evidenceVersions(stage, bucket, 'manifests/');
    return { document, manifests: manifests.length };
  }
  return undefined;
}
