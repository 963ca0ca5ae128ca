import { S3Client } from '@aws-sdk/client-s3';
import { connect } from '../aws/connection.ts';
import { evidenceBucketName } from '../aws/exports.ts';
import type { DeploymentOptions } from '../deployment-options.ts';
import { NotDeployedError } from '../errors.ts';
import type { EvidencePorts } from './ports.ts';
import { s3Evidence } from './s3-evidence.ts';

/** The options of a command on evidence, which may be kept in a bucket of another account. */
export interface EvidenceOptions extends DeploymentOptions {
  readonly bucket?: string;
}

/**
 * Opens the evidence of a deployment on AWS, or that of a bucket by its name.
 *
 * @throws NotDeployedError where the deployment exports no bucket.
 */
export async function openEvidence(options: EvidenceOptions): Promise<EvidencePorts> {
  const connection = await connect(options);
  const bucket = options.bucket ?? (await evidenceBucketName(connection));
  if (bucket === undefined) {
    const { stage, accountId, region } = connection;
    throw new NotDeployedError(
      `the deployment ${stage} in account ${accountId}, ${region} has no evidence bucket`,
      'check --stage, --region and --profile, or name it: --bucket NAME',
    );
  }
  const reader = s3Evidence(new S3Client(connection.config), bucket);
  return { bucket, reader, clock: () => new Date() };
}
