import type { Actor, Finding } from '@riposte/findings';
import * as z from 'zod';

const text = z.string().min(1).optional().catch(undefined);
const part = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const details = z.looseObject({ PrincipalName: text, PrincipalType: text, AccessKeyId: text });
const asff = z.looseObject({
  Resources: part(
    z.array(z.looseObject({ Details: part(z.looseObject({ AwsIamAccessKey: part(details) })) })),
  ),
});
const key = z.looseObject({ userName: text, userType: text, accessKeyId: text });
const caller = z.looseObject({ remoteIpDetails: part(z.looseObject({ ipAddressV4: text })) });
const guardDuty = z.looseObject({
  resource: part(z.looseObject({ accessKeyDetails: part(key) })),
  service: part(z.looseObject({ action: part(z.looseObject({ awsApiCallAction: part(caller) })) })),
});

const addressField = 'action/awsApiCallAction/remoteIpDetails/ipAddressV4';

/**
 * Who a finding says did it. A finding knows less than the API call: a name, no ARN, so that no exemption can match it.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html
 */
export function actorOfFinding({ raw, productFields }: Finding): Actor {
  const accessKey = asff
    .safeParse(raw)
    .data?.Resources?.find(({ Details }) => Details?.AwsIamAccessKey)?.Details?.AwsIamAccessKey;
  const own = guardDuty.safeParse(raw).data;
  const held = own?.resource?.accessKeyDetails;
  const type = accessKey?.PrincipalType ?? held?.userType;
  const sessionName = accessKey?.PrincipalName ?? held?.userName;
  const accessKeyId = accessKey?.AccessKeyId ?? held?.accessKeyId;
  const sourceIp =
    productFields[addressField] ??
    own?.service?.action?.awsApiCallAction?.remoteIpDetails?.ipAddressV4;
  return {
    ...(type !== undefined && { type }),
    ...(sessionName !== undefined && { sessionName }),
    ...(accessKeyId !== undefined && { accessKeyId }),
    ...(sourceIp !== undefined && { sourceIp }),
  };
}
