/**
 * Sizes of the AWS Security Finding Format: characters of a text, entries of a list or map, bytes as JSON.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 * @see https://docs.aws.amazon.com/securityhub/latest/partnerguide/guidelines-batchimportfindings.html
 */
export const asffLimits = {
  id: 512,
  generatorId: 512,
  title: 256,
  description: 1024,
  companyName: 128,
  productName: 128,
  region: 16,
  sourceUrl: 2048,
  types: 50,
  noteText: 512,
  noteUpdatedBy: 512,
  remediationText: 512,
  mapEntries: 50,
  mapKey: 128,
  productFieldValue: 2048,
  userDefinedFieldValue: 1024,
  resources: 32,
  resourceType: 256,
  resourceTagValue: 256,
  resourceDetailValue: 1024,
  findingBytes: 240 * 1024,
  /** BatchImportFindings takes so many findings a call, and so many bytes. */
  batchFindings: 100,
  batchBytes: 6 * 1024 * 1024,
} as const;
