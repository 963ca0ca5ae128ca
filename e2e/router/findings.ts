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
