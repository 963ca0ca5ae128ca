import * as z from 'zod';

const text = z.string();

const fieldsUpdate = z.object({
  SeverityId: z.number().exactOptional(),
  StatusId: z.number().exactOptional(),
  Comment: text.exactOptional(),
});
export type V2FieldsUpdate = z.infer<typeof fieldsUpdate>;

/** Actions of a rule V2, read. */
export const v2Actions = z
  .array(
    z.object({
      Type: text.exactOptional(),
      FindingFieldsUpdate: fieldsUpdate.exactOptional(),
      ExternalIntegrationConfiguration: z
        .object({ ConnectorArn: text.exactOptional() })
        .exactOptional(),
    }),
  )
  .min(1);

/**
 * A rule of Security Hub, as GetAutomationRuleV2 and CloudFormation write it.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetAutomationRuleV2.html
 */
export const v2Rule = z.object({
  RuleName: text,
  RuleOrder: z.number(),
  RuleStatus: text.exactOptional(),
  Description: text.exactOptional(),
  Criteria: z.object({ OcsfFindingCriteria: z.record(text, z.unknown()) }),
  Actions: v2Actions,
  RuleArn: text.exactOptional(),
  CreatedAt: text.exactOptional(),
  UpdatedAt: text.exactOptional(),
});
export type V2Rule = z.infer<typeof v2Rule>;
