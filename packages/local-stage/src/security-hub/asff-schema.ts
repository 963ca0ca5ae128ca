import {
  ComplianceStatus,
  MalwareState,
  MalwareType,
  Partition,
  RecordState,
  SeverityLabel,
  VerificationState,
  WorkflowState,
  WorkflowStatus,
} from '@aws-sdk/client-securityhub';
import type { Schema } from './schema.ts';

const text = (max?: number): Schema => ({ is: 'string', ...(max !== undefined && { max }) });
const oneOf = (values: Readonly<Record<string, string>>): Schema => ({
  is: 'string',
  oneOf: Object.values(values),
});
const list = (of: Schema, max: number, min = 0): Schema => ({ is: 'array', of, min, max });
const anything: Schema = { is: 'anything' };
const time: Schema = { is: 'string', format: 'date-time' };
const score: Schema = { is: 'number', integer: true, min: 0, max: 100 };
const fields = (valueMax: number): Schema => ({
  is: 'map',
  entries: 50,
  keyMax: 128,
  valueMax,
});

/** `namespace/category/classifier`. */
export const types = list({ is: 'string', pattern: /^([^/]+)(\/[^/]+){0,2}$/ }, 50);

export const relatedFindings = list(
  {
    is: 'object',
    members: { ProductArn: text(2048), Id: text(512) },
    required: ['ProductArn', 'Id'],
    closed: true,
  },
  10,
);

export const userDefinedFields = fields(1024);
export const verificationState = oneOf(VerificationState);
export const ratioScale = score;

export const noteUpdate: Schema = {
  is: 'object',
  members: { Text: text(512), UpdatedBy: text(512) },
  required: ['Text', 'UpdatedBy'],
};

export const severityUpdate: Schema = {
  is: 'object',
  members: { Normalized: score, Product: { is: 'number' }, Label: oneOf(SeverityLabel) },
};

export const workflowUpdate: Schema = {
  is: 'object',
  members: { Status: oneOf(WorkflowStatus) },
};

const resource: Schema = {
  is: 'object',
  members: {
    Type: text(256),
    Id: text(512),
    Partition: oneOf(Partition),
    Region: text(16),
    ResourceRole: text(64),
    Tags: { is: 'map', entries: 50, keyMax: 128, valueMax: 256 },
    DataClassification: anything,
    Details: { is: 'object', members: { Other: fields(1024) } },
    ApplicationName: text(128),
    ApplicationArn: text(512),
    Owner: anything,
    Provider: anything,
  },
  required: ['Type', 'Id'],
  closed: true,
};

const compliance: Schema = {
  is: 'object',
  members: {
    Status: oneOf(ComplianceStatus),
    RelatedRequirements: list(text(64), 32),
    StatusReasons: list({ is: 'object', members: {}, required: ['ReasonCode'] }, 20),
    SecurityControlId: text(512),
    AssociatedStandards: list({ is: 'object', members: { StandardsId: text(512) } }, 50),
    SecurityControlParameters: list(anything, 100),
  },
  closed: true,
};

const remediation: Schema = {
  is: 'object',
  members: {
    Recommendation: {
      is: 'object',
      members: { Text: text(512), Url: text(2048) },
      closed: true,
    },
  },
  closed: true,
};

const malware: Schema = {
  is: 'object',
  members: {
    Name: text(64),
    Type: oneOf(MalwareType),
    Path: text(512),
    State: oneOf(MalwareState),
  },
  required: ['Name'],
  closed: true,
};

const severity: Schema = {
  is: 'object',
  members: {
    Product: { is: 'number' },
    Label: oneOf(SeverityLabel),
    Normalized: score,
    Original: text(64),
  },
  closed: true,
};

const findingProviderFields: Schema = {
  is: 'object',
  members: {
    Confidence: score,
    Criticality: score,
    RelatedFindings: relatedFindings,
    Severity: {
      is: 'object',
      // AWS's own products have long sent more, e.g. a score.
      members: { Label: oneOf(SeverityLabel), Original: text(64) },
    },
    Types: types,
  },
  closed: true,
};

const note: Schema = {
  is: 'object',
  members: { Text: text(512), UpdatedBy: text(512), UpdatedAt: time },
  required: ['Text', 'UpdatedBy', 'UpdatedAt'],
  closed: true,
};

/**
 * The AWS Security Finding Format as BatchImportFindings takes it. Sizes from the API reference of `AwsSecurityFinding`; objects
 * that Riposte neither reads nor writes are taken as they come.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
export const asffSchema: Schema = {
  is: 'object',
  members: {
    SchemaVersion: { is: 'string', oneOf: ['2018-10-08'] },
    Id: text(512),
    ProductArn: { is: 'string', min: 12, max: 2048, pattern: /^arn:aws[-a-z]*:securityhub:/ },
    ...{ ProductName: text(128), CompanyName: text(128), Region: text(16) },
    ...{ GeneratorId: text(512), AwsAccountId: { is: 'string', pattern: /^\d{12}$/ } },
    ...{ AwsAccountName: text(50), Types: types },
    ...{ FirstObservedAt: time, LastObservedAt: time, CreatedAt: time, UpdatedAt: time },
    ...{ ProcessedAt: time, Severity: severity, Confidence: score, Criticality: score },
    ...{ Title: text(256), Description: text(1024), Remediation: remediation },
    ...{ SourceUrl: text(2048), ProductFields: fields(2048), UserDefinedFields: fields(1024) },
    ...{ Malware: list(malware, 5), Network: anything, NetworkPath: anything },
    ...{ Process: anything, Threats: list(anything, 32) },
    ...{ ThreatIntelIndicators: list(anything, 5), Resources: list(resource, 32, 1) },
    ...{ Compliance: compliance, VerificationState: verificationState },
    ...{ WorkflowState: oneOf(WorkflowState), Workflow: workflowUpdate },
    ...{ RecordState: oneOf(RecordState), RelatedFindings: relatedFindings, Note: note },
    ...{ Vulnerabilities: anything, PatchSummary: anything, Action: anything },
    ...{ FindingProviderFields: findingProviderFields, Sample: { is: 'boolean' } },
    ...{ GeneratorDetails: anything, Detection: anything },
  },
  required: [
    ...['SchemaVersion', 'Id', 'ProductArn', 'GeneratorId', 'AwsAccountId'],
    ...['CreatedAt', 'UpdatedAt', 'Title', 'Description', 'Resources'],
  ],
  closed: true,
};
