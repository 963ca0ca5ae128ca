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
const person = z.looseObject({ name: text, type: text, credential_uid: text });
const evidence = z.looseObject({
  actor: part(z.looseObject({ user: part(person) })),
  src_endpoint: part(z.looseObject({ ip: text })),
});
const ocsf = z.looseObject({ evidences: part(z.array(evidence)) });

const addressField = 'action/awsApiCallAction/remoteIpDetails/ipAddressV4';

/**
 * Who a finding says did it. A finding knows less than the API call: a name, no ARN, so that no exemption can match it.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html
 * @see https://schema.ocsf.io/1.6.0/objects/evidences
 */
export function actorOfFinding({ raw, productFields }: Finding): Actor {
  const accessKey = asff
    .safeParse(raw)
    .data?.Resources?.find(({ Details }) => Details?.AwsIamAccessKey)?.Details?.AwsIamAccessKey;
  const own = guardDuty.safeParse(raw).data;
  const held = own?.resource?.accessKeyDetails;
  const [seen] = ocsf.safeParse(raw).data?.evidences ?? [];
  const user = seen?.actor?.user;
  const type = accessKey?.PrincipalType ?? held?.userType ?? user?.type;
  const sessionName = accessKey?.PrincipalName ?? held?.userName ?? user?.name;
  const accessKeyId = accessKey?.AccessKeyId ?? held?.accessKeyId ?? user?.credential_uid;
  const sourceIp =
    productFields[addressField] ??
    own?.service?.action?.awsApiCallAction?.remoteIpDetails?.ipAddressV4 ??
    seen?.src_endpoint?.ip;
  return {
    ...(type !== undefined && { type }),
    ...(sessionName !== undefined && { sessionName }),
    ...(accessKeyId !== undefined && { accessKeyId }),
    ...(sourceIp !== undefined && { sourceIp }),
  };
}
