import { createHash } from 'node:crypto';

/** A finding in ASFF, as a product of the home account imports it. */
export function importedFinding(id: string, changes: object = {}): object {
  const account = '123456789012';
  const at = new Date().toISOString();
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: `arn:aws:securityhub:us-east-1:${account}:product/${account}/default`,
    GeneratorId: 'e2e',
    AwsAccountId: account,
    Types: ['Software and Configuration Checks'],
    CreatedAt: at,
    UpdatedAt: at,
    Severity: { Label: 'HIGH' },
    Title: `Finding ${id}`,
    Description: `What ${id} is about`,
    Resources: [
      {
        Type: 'AwsS3Bucket',
        Id: `arn:aws:s3:::bucket-of-${id}`,
        Partition: 'aws',
        Region: 'us-east-1',
        Tags: { Owner: 'payments', Team: 'payments-team' },
      },
    ],
    ...changes,
  };
}

/** Members of a finding, 100 KB, that make it too large to go along with two messages. */
export function largeMembers(seed = 0): {
  readonly ProductFields: Readonly<Record<string, string>>;
} {
  const ProductFields = Object.fromEntries(
    Array.from({ length: 48 }, (_, at) => [`field-${at}`, noise(2_000, seed * 48 + at)]),
  );
  return { ProductFields };
}

/** Text that no compression makes much shorter. */
function noise(length: number, seed: number): string {
  let text = '';
  for (let at = 0; text.length < length; at++) {
    text += createHash('sha512').update(`${seed} ${at}`).digest('base64');
  }
  return text.slice(0, length);
}
