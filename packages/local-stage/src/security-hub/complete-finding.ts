import type { AccountRegion } from '../types.ts';
import { wholeSeverity } from './asff-severity.ts';
import { defined, isObject, objectOf, textOf } from './json.ts';
import type { JsonObject } from './types.ts';

/** What a provider states in `FindingProviderFields`, and customers and rules may overrule. */
export const providerFields = [
  'Confidence',
  'Criticality',
  'RelatedFindings',
  'Severity',
  'Types',
] as const;

/**
 * A finding as Security Hub holds it when nobody but its provider has said anything: provider's fields and top-level ones agree,
 * statuses have their defaults, and what the service fills in itself is there.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
export function completeFinding(
  imported: JsonObject,
  { region }: AccountRegion,
  now: Date,
): JsonObject {
  const stated = objectOf(imported.FindingProviderFields);
  const fields = Object.fromEntries(
    providerFields.map((name) => [name, stated[name] ?? imported[name]]),
  );
  const product = productOf(imported);
  const severity = objectOf(fields.Severity);
  return defined({
    ...imported,
    ...fields,
    Severity: wholeSeverity({ ...objectOf(imported.Severity), ...severity }),
    FindingProviderFields: defined({
      ...fields,
      Severity: defined({
        Label: wholeSeverity(severity).Label,
        Original: severity.Original,
      }),
    }),
    Region: textOf(imported.Region) ?? region,
    ProductName: product.name,
    CompanyName: product.company,
    ProductFields: {
      ...objectOf(imported.ProductFields),
      'aws/securityhub/FindingId': `${imported.ProductArn}/${imported.Id}`,
      'aws/securityhub/ProductName': product.name,
      'aws/securityhub/CompanyName': product.company,
    },
    Resources: resourcesOf(imported, region),
    WorkflowState: 'NEW',
    Workflow: { Status: textOf(objectOf(imported.Workflow).Status) ?? 'NEW' },
    RecordState: textOf(imported.RecordState) ?? 'ACTIVE',
    ProcessedAt: now.toISOString(),
  });
}

/** Products of AWS that say their own name in findings. */
const awsProducts: Readonly<Record<string, string>> = {
  guardduty: 'GuardDuty',
  inspector: 'Inspector',
  macie: 'Macie',
  securityhub: 'Security Hub',
};

/** A custom integration may name itself; its default is `Default` of `Personal`. */
function productOf(imported: JsonObject): { readonly name: string; readonly company: string } {
  const [company = '', product = ''] = String(imported.ProductArn).split('/').slice(-2);
  if (product === 'default')
    return {
      name: textOf(imported.ProductName) ?? 'Default',
      company: textOf(imported.CompanyName) ?? 'Personal',
    };
  if (company !== 'aws') return { name: product, company };
  return { name: awsProducts[product] ?? product, company: 'AWS' };
}

function resourcesOf(imported: JsonObject, region: string): readonly JsonObject[] {
  const resources = Array.isArray(imported.Resources) ? imported.Resources.filter(isObject) : [];
  const partition = String(imported.ProductArn).split(':')[1] ?? '';
  return resources.map((resource) => ({ Partition: partition, Region: region, ...resource }));
}
