import * as z from 'zod';

const text = z.string();
const number = z.number();

const stringFilter = z.object({ Value: text, Comparison: text });
const numberFilter = z.strictObject({
  Eq: number.exactOptional(),
  Gt: number.exactOptional(),
  Gte: number.exactOptional(),
  Lt: number.exactOptional(),
  Lte: number.exactOptional(),
});
const dateFilter = z.strictObject({
  Start: text.exactOptional(),
  End: text.exactOptional(),
  DateRange: z
    .object({ Value: number, Unit: text, Comparison: text.exactOptional() })
    .exactOptional(),
});
const mapFilter = stringFilter.extend({ Key: text });

const fieldsUpdate = z.object({
  Note: z.object({ Text: text, UpdatedBy: text.exactOptional() }).exactOptional(),
  Severity: z
    .object({
      Label: text.exactOptional(),
      Normalized: number.exactOptional(),
      Product: number.exactOptional(),
    })
    .exactOptional(),
  VerificationState: text.exactOptional(),
  Confidence: number.exactOptional(),
  Criticality: number.exactOptional(),
  Types: z.array(text).exactOptional(),
  UserDefinedFields: z.record(text, text).exactOptional(),
  Workflow: z.object({ Status: text }).exactOptional(),
  RelatedFindings: z.array(z.object({ ProductArn: text, Id: text })).exactOptional(),
});
export type FieldsUpdate = z.infer<typeof fieldsUpdate>;

const actions = z
  .array(
    z.object({ Type: text.exactOptional(), FindingFieldsUpdate: fieldsUpdate.exactOptional() }),
  )
  .min(1);

/** Actions of a rule, read. */
export const v1Actions = actions;

/**
 * A rule of Security Hub CSPM, as BatchGetAutomationRules and CloudFormation write it.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AutomationRulesConfig.html
 */
export const v1Rule = z.object({
  RuleName: text,
  RuleOrder: number,
  RuleStatus: text.exactOptional(),
  IsTerminal: z.boolean().exactOptional(),
  Description: text.exactOptional(),
  Criteria: z.record(
    text,
    z.array(z.union([mapFilter.strict(), stringFilter.strict(), dateFilter, numberFilter])),
  ),
  Actions: actions,
  RuleArn: text.exactOptional(),
  CreatedAt: text.exactOptional(),
  UpdatedAt: text.exactOptional(),
  CreatedBy: text.exactOptional(),
});
export type V1Rule = z.infer<typeof v1Rule>;
